package io.gestalt.test.fuzz.frame;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntSupplier;

import io.gestalt.frame.FrameCodec;
import io.gestalt.frame.FrameException;
import io.gestalt.test.frame.FrameRecorder;
import io.gestalt.test.frame.RecordedFrame;
import io.netty.buffer.Unpooled;

/**
 * What a fuzzer came up with, as a stream and the pieces in which it arrives.
 *
 * <pre>
 * 0         1        2             2 + n
 * +---------+--------+---------------+----------+
 * | variant | n mod 8| chunk lengths |  stream  |
 * +---------+--------+---------------+----------+
 * </pre>
 */
final class FuzzedStream {

	private static final int HEADER_LENGTH = 2;

	private final byte[] data;

	private final int streamIndex;

	FuzzedStream(byte[] data) {
		this.data = data;
		int chunks = (data.length < HEADER_LENGTH) ? 0 : data[1] & 7;
		this.streamIndex = Math.min(data.length, HEADER_LENGTH + chunks);
	}

	/** Picks one of several variants of a framing. */
	FrameCodec choose(List<FrameCodec> variants) {
		return (this.data.length > 0) ? variants.get((this.data[0] & 0xff) % variants.size()) : variants.get(0);
	}

	/** The outcome if all arrives at once. */
	Outcome readAtOnce(FrameCodec codec) {
		FrameRecorder recorder = new FrameRecorder(codec);
		return outcome(recorder, () -> recorder.receive(Unpooled.wrappedBuffer(stream())));
	}

	/** The outcome if it arrives in pieces. */
	Outcome readInChunks(FrameCodec codec) {
		FrameRecorder recorder = new FrameRecorder(codec);
		return outcome(recorder, () -> recorder.receive(stream(), chunkLengths()));
	}

	/** The outcome if it is a datagram. */
	Outcome readDatagram(FrameCodec codec) {
		FrameRecorder recorder = new FrameRecorder(codec);
		return outcome(recorder, () -> recorder.receiveDatagram(Unpooled.wrappedBuffer(stream())));
	}

	/** Fails unless frames and refusal are the same, however the stream arrives. */
	void compare(FrameCodec codec) {
		Outcome atOnce = readAtOnce(codec);
		Outcome inChunks = readInChunks(codec);
		if (!atOnce.equals(inChunks)) {
			throw new AssertionError("At once: %s, in chunks: %s".formatted(atOnce, inChunks));
		}
		readDatagram(codec);
	}

	private byte[] stream() {
		return Arrays.copyOfRange(this.data, this.streamIndex, this.data.length);
	}

	private IntSupplier chunkLengths() {
		int[] next = { HEADER_LENGTH };
		return () -> {
			if (this.streamIndex <= HEADER_LENGTH) {
				return 1;
			}
			int length = this.data[next[0]] & 0xff;
			next[0] = (next[0] + 1 < this.streamIndex) ? next[0] + 1 : HEADER_LENGTH;
			return length;
		};
	}

	private static Outcome outcome(FrameRecorder recorder, Runnable reading) {
		try {
			reading.run();
			return new Outcome(recorder.frames(), false);
		}
		catch (FrameException ex) {
			return new Outcome(recorder.frames(), true);
		}
	}

	/**
	 * What became of a stream.
	 *
	 * @param frames the frames found
	 * @param refused whether it was refused after them
	 */
	record Outcome(List<RecordedFrame> frames, boolean refused) {
	}

}
