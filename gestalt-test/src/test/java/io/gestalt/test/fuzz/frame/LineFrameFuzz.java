package io.gestalt.test.fuzz.frame;

import java.util.List;

import io.gestalt.frame.FrameCodec;
import io.gestalt.frame.LineFrameCodec;

/** Fuzz target of {@link LineFrameCodec}. */
public final class LineFrameFuzz {

	private static final List<FrameCodec> VARIANTS = List.of(new LineFrameCodec(16), new LineFrameCodec(1),
			new LineFrameCodec(64, true));

	private LineFrameFuzz() {
	}

	/** Called by the fuzzer. */
	public static void fuzzerTestOneInput(byte[] data) {
		FuzzedStream stream = new FuzzedStream(data);
		stream.compare(stream.choose(VARIANTS));
	}

}
