package io.gestalt.test.fuzz.frame;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Fuzz target of all framings; the first byte chooses. */
public final class AnyFrameFuzz {

	private static final List<Consumer<byte[]>> TARGETS = List.of(DelimitedFrameFuzz::fuzzerTestOneInput,
			LengthPrefixedFrameFuzz::fuzzerTestOneInput, LineFrameFuzz::fuzzerTestOneInput,
			MessageTypeFrameFuzz::fuzzerTestOneInput, NetstringFrameFuzz::fuzzerTestOneInput,
			StreamFrameFuzz::fuzzerTestOneInput);

	private AnyFrameFuzz() {
	}

	/** Called by the fuzzer. */
	public static void fuzzerTestOneInput(byte[] data) {
		if (data.length > 0) {
			TARGETS.get((data[0] & 0xff) % TARGETS.size()).accept(Arrays.copyOfRange(data, 1, data.length));
		}
	}

}
