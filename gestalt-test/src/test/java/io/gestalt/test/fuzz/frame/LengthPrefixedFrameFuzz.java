package io.gestalt.test.fuzz.frame;

import java.nio.ByteOrder;
import java.util.List;

import io.gestalt.frame.FrameCodec;
import io.gestalt.frame.LengthPrefixedFrameCodec;

/** Fuzz target of {@link LengthPrefixedFrameCodec}. */
public final class LengthPrefixedFrameFuzz {

	private static final List<FrameCodec> VARIANTS = List.of(
			new LengthPrefixedFrameCodec(1, ByteOrder.BIG_ENDIAN, false, 16),
			new LengthPrefixedFrameCodec(1, ByteOrder.BIG_ENDIAN, true, 255),
			new LengthPrefixedFrameCodec(2, ByteOrder.BIG_ENDIAN, true, 16),
			new LengthPrefixedFrameCodec(2, ByteOrder.LITTLE_ENDIAN, false, 1 << 16),
			new LengthPrefixedFrameCodec(4, ByteOrder.BIG_ENDIAN, false, Integer.MAX_VALUE),
			new LengthPrefixedFrameCodec(4, ByteOrder.LITTLE_ENDIAN, true, Integer.MAX_VALUE),
			new LengthPrefixedFrameCodec(4, ByteOrder.LITTLE_ENDIAN, false, 16));

	private LengthPrefixedFrameFuzz() {
	}

	/** Called by the fuzzer. */
	public static void fuzzerTestOneInput(byte[] data) {
		FuzzedStream stream = new FuzzedStream(data);
		stream.compare(stream.choose(VARIANTS));
	}

}
