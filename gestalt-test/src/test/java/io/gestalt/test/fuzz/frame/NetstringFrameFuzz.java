package io.gestalt.test.fuzz.frame;

import java.util.List;

import io.gestalt.frame.FrameCodec;
import io.gestalt.frame.NetstringFrameCodec;

/** Fuzz target of {@link NetstringFrameCodec}. */
public final class NetstringFrameFuzz {

	private static final List<FrameCodec> VARIANTS = List.of(new NetstringFrameCodec(16), new NetstringFrameCodec(1),
			new NetstringFrameCodec(Integer.MAX_VALUE));

	private NetstringFrameFuzz() {
	}

	/** Called by the fuzzer. */
	public static void fuzzerTestOneInput(byte[] data) {
		FuzzedStream stream = new FuzzedStream(data);
		stream.compare(stream.choose(VARIANTS));
	}

}
