package io.gestalt.test.fuzz.frame;

import java.util.List;
import java.util.stream.Collectors;

import io.gestalt.frame.FrameCodec;
import io.gestalt.frame.StreamFrameCodec;
import io.gestalt.test.frame.RecordedFrame;

/** Fuzz target of {@link StreamFrameCodec}. */
public final class StreamFrameFuzz {

	private static final List<FrameCodec> VARIANTS = List.of(new StreamFrameCodec(1), new StreamFrameCodec(16));

	private StreamFrameFuzz() {
	}

	/** Called by the fuzzer. */
	public static void fuzzerTestOneInput(byte[] data) {
		FuzzedStream stream = new FuzzedStream(data);
		FrameCodec codec = stream.choose(VARIANTS);
		String atOnce = join(stream.readAtOnce(codec));
		String inChunks = join(stream.readInChunks(codec));
		if (!atOnce.equals(inChunks)) {
			throw new AssertionError("At once: %s, in chunks: %s".formatted(atOnce, inChunks));
		}
		stream.readDatagram(codec);
	}

	private static String join(FuzzedStream.Outcome outcome) {
		return outcome.frames().stream().map(RecordedFrame::payload).collect(Collectors.joining());
	}

}
