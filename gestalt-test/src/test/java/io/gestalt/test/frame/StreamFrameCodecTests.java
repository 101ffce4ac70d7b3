package io.gestalt.test.frame;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

import io.gestalt.frame.FrameCodec;
import io.gestalt.frame.FrameException;
import io.gestalt.frame.StreamFrameCodec;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StreamFrameCodecTests {

	private final FrameCodec codec = new StreamFrameCodec(4);

	@Test
	void takesWhateverHasArrived() {
		FrameRecorder recorder = new FrameRecorder(this.codec);
		recorder.receive(new byte[] { 1, 2, 3, 4, 5 }, () -> 2);
		assertThat(recorder.frames()).extracting(RecordedFrame::payload).containsExactly("0102", "0304", "05");
	}

	@Test
	void cutsAtTheLimit() {
		FrameRecorder recorder = new FrameRecorder(this.codec);
		recorder.receive(Unpooled.wrappedBuffer(new byte[] { 1, 2, 3, 4, 5, 6 }));
		assertThat(recorder.frames()).extracting(RecordedFrame::payload).containsExactly("01020304", "0506");
	}

	@Test
	void losesNothingOfRandomStreamsInRandomChunks() {
		Random random = Seed.random(this);
		for (int i = 0; i < Seed.cases(); i++) {
			byte[] stream = new byte[random.nextInt(200)];
			random.nextBytes(stream);
			FrameRecorder recorder = new FrameRecorder(new StreamFrameCodec(1 + random.nextInt(64)));
			recorder.receive(stream, () -> 1 + random.nextInt(80));
			String received = recorder.frames().stream().map(RecordedFrame::payload).collect(Collectors.joining());
			assertThat(received).as("case %d", i).isEqualTo(HexFormat.of().formatHex(stream));
		}
	}

	@Test
	void takesADatagramAsAWhole() {
		List<RecordedFrame> received = new ArrayList<>();
		for (int length : new int[] { 0, 1, 4 }) {
			FrameRecorder recorder = new FrameRecorder(this.codec);
			recorder.receiveDatagram(Unpooled.wrappedBuffer(new byte[length]));
			received.addAll(recorder.frames());
		}
		assertThat(received).extracting(RecordedFrame::payload).containsExactly("", "00", "00000000");
	}

	@Test
	void refusesADatagramAboveTheLimit() {
		assertThatExceptionOfType(FrameException.class)
			.isThrownBy(() -> new FrameRecorder(this.codec).receiveDatagram(Unpooled.wrappedBuffer(new byte[5])))
			.withMessage("Frame of 5 bytes exceeds the limit of 4 bytes");
	}

	@Test
	void writesThePayloadAlone() {
		assertThat(new FrameWriter(this.codec).write(7, new byte[] { 1, 2 })).containsExactly(1, 2);
		assertThat(new FrameWriter(this.codec).write(7, new byte[0])).isEmpty();
		assertThatExceptionOfType(FrameException.class)
			.isThrownBy(() -> new FrameWriter(this.codec).write(7, new byte[5]))
			.withMessage("Frame of 5 bytes exceeds the limit of 4 bytes");
	}

	@Test
	void promisesNeitherBoundariesNorTypes() {
		assertThat(this.codec.keepsBoundaries()).isFalse();
		assertThat(this.codec.carriesType()).isFalse();
	}

}
