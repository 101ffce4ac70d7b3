package io.gestalt.test.fuzz.frame;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.gestalt.frame.FrameCodec;
import io.gestalt.frame.DelimitedFrameCodec;

/** Fuzz target of {@link DelimitedFrameCodec}. */
public final class DelimitedFrameFuzz {

	private static final List<FrameCodec> VARIANTS = List.of(new DelimitedFrameCodec(ascii("\\r\\n"), 16),
			new DelimitedFrameCodec(ascii("aa"), 16), new DelimitedFrameCodec(ascii("abab"), 1),
			new DelimitedFrameCodec(ascii("-".repeat(64)), 64));

	private DelimitedFrameFuzz() {
	}

	/** Called by the fuzzer. */
	public static void fuzzerTestOneInput(byte[] data) {
		FuzzedStream stream = new FuzzedStream(data);
		stream.compare(stream.choose(VARIANTS));
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
