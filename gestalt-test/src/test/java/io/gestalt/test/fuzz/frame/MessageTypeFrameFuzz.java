package io.gestalt.test.fuzz.frame;

import java.nio.ByteOrder;
import java.util.List;

import io.gestalt.frame.FrameCodec;
import io.gestalt.frame.MessageTypeFrameCodec;

/** Fuzz target of {@link MessageTypeFrameCodec}. */
public final class MessageTypeFrameFuzz {

	private static final List<FrameCodec> VARIANTS = List.of(new MessageTypeFrameCodec(ByteOrder.BIG_ENDIAN, 16),
			new MessageTypeFrameCodec(ByteOrder.LITTLE_ENDIAN, 16),
			new MessageTypeFrameCodec(ByteOrder.LITTLE_ENDIAN, Integer.MAX_VALUE));

	private MessageTypeFrameFuzz() {
	}

	/** Called by the fuzzer. */
	public static void fuzzerTestOneInput(byte[] data) {
		FuzzedStream stream = new FuzzedStream(data);
		stream.compare(stream.choose(VARIANTS));
	}

}
