package io.gestalt.test.frame;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import io.gestalt.frame.FrameCodec;
import io.gestalt.frame.FrameException;
import io.gestalt.frame.LineFrameCodec;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LineFrameCodecTests {

	private final FrameCodec codec = new LineFrameCodec(16);

	@Test
	void writesALineFeedAlone() {
		assertThat(new FrameWriter(this.codec).write(0, ascii("hello"))).isEqualTo(ascii("hello\n"));
	}

	@Test
	void writesACarriageReturnIfTold() {
		FrameCodec codec = new LineFrameCodec(16, true);
		assertThat(new FrameWriter(codec).write(0, ascii("hello"))).isEqualTo(ascii("hello\r\n"));
	}

	@Test
	void readsBothEndsOfLines() {
		FrameRecorder recorder = new FrameRecorder(this.codec);
		recorder.receive(ascii("a\nb\r\n\n\r\nc\rd\ne\r\r\n"), () -> 3);
		assertThat(recorder.frames()).containsExactly(line("a"), line("b"), line(""), line(""), line("c\rd"),
				line("e\r"));
	}

	@Test
	void readsALineAtTheLimitWithACarriageReturn() {
		FrameRecorder recorder = new FrameRecorder(this.codec);
		recorder.receive(ascii("0123456789abcdef\r\n"), () -> 1);
		assertThat(recorder.frames()).containsExactly(line("0123456789abcdef"));
	}

	@Test
	void readsSeveralLinesOfADatagramTheLastWithoutItsEnd() {
		FrameRecorder recorder = new FrameRecorder(this.codec);
		recorder.receiveDatagram(Unpooled.wrappedBuffer(ascii("a\r\nb\nc")));
		assertThat(recorder.frames()).containsExactly(line("a"), line("b"), line("c"));
	}

	@Test
	void readsAnEmptyDatagramAsAnEmptyLine() {
		FrameRecorder recorder = new FrameRecorder(this.codec);
		recorder.receiveDatagram(Unpooled.EMPTY_BUFFER);
		assertThat(recorder.frames()).containsExactly(line(""));
	}

	@Test
	void refusesALineWithoutEnd() {
		FrameRecorder recorder = new FrameRecorder(this.codec);
		recorder.receive(ascii("0123456789abcdefg"), () -> 1);
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> recorder.receive(ascii("h"), () -> 1))
			.withMessage("Frame of at least 17 bytes exceeds the limit of 16 bytes");
	}

	@Test
	void refusesAPayloadThatHoldsALineFeed() {
		assertThatExceptionOfType(FrameException.class)
			.isThrownBy(() -> new FrameWriter(this.codec).write(0, ascii("two\nlines")))
			.withMessage("Payload of 9 bytes holds a line feed at byte 3");
	}

	@Test
	void refusesAPayloadThatEndsInACarriageReturn() {
		assertThatExceptionOfType(FrameException.class)
			.isThrownBy(() -> new FrameWriter(this.codec).write(0, ascii("half\r")))
			.withMessage("Payload of 5 bytes ends in a carriage return");
	}

	private static RecordedFrame line(String text) {
		return new RecordedFrame(0, ascii(text));
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	interface LineContract extends FrameCodecContract {

		@Override
		default int refusedAfter(int maxFrameSize) {
			return maxFrameSize + 2;
		}

		@Override
		default byte[] payload(Random random, int length) {
			byte[] payload = FrameCodecContract.super.payload(random, length);
			for (int i = 0; i < length; i++) {
				if (payload[i] == '\n') {
					payload[i] = '\r';
				}
			}
			if (length > 0 && payload[length - 1] == '\r') {
				payload[length - 1] = 'x';
			}
			return payload;
		}

		@Override
		default byte[] alphabet() {
			return ascii("ab\r\n");
		}

	}

	@Nested
	class WithALineFeed implements LineContract {

		@Override
		public FrameCodec codec(int maxFrameSize) {
			return new LineFrameCodec(maxFrameSize);
		}

	}

	@Nested
	class WithACarriageReturn implements LineContract {

		@Override
		public FrameCodec codec(int maxFrameSize) {
			return new LineFrameCodec(maxFrameSize, true);
		}

	}

}
