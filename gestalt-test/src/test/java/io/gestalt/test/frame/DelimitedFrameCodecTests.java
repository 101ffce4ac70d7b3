package io.gestalt.test.frame;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

import io.gestalt.frame.DelimitedFrameCodec;
import io.gestalt.frame.Frame;
import io.gestalt.frame.FrameCodec;
import io.gestalt.frame.FrameException;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DelimitedFrameCodecTests {

	@Test
	void findsADelimiterTornApart() {
		FrameRecorder recorder = new FrameRecorder(codec("END"));
		recorder.receive(ascii("oneENDEENDENEND"), () -> 1);
		assertThat(recorder.frames()).containsExactly(frame("one"), frame("E"), frame("EN"));
	}

	@Test
	void findsTheFirstOfOverlappingDelimiters() {
		FrameRecorder recorder = new FrameRecorder(codec("aa"));
		recorder.receive(ascii("xaaayaa"), () -> 2);
		assertThat(recorder.frames()).containsExactly(frame("x"), frame("ay"));
	}

	@Test
	void readsSeveralFramesOfADatagramTheLastWithoutItsDelimiter() {
		FrameRecorder recorder = new FrameRecorder(codec("||"));
		recorder.receiveDatagram(Unpooled.wrappedBuffer(ascii("a||b||c|")));
		assertThat(recorder.frames()).containsExactly(frame("a"), frame("b"), frame("c|"));
	}

	@ParameterizedTest
	@CsvSource({ "END, xENDy, 1", "aa, xa, 1", "abab, xab, 1", "aXa, aXaXa, 0" })
	void refusesAPayloadWithWhichTheDelimiterWouldComeEarlier(String delimiter, String payload, int index) {
		assertThatExceptionOfType(FrameException.class)
			.isThrownBy(() -> new FrameWriter(codec(delimiter)).write(0, ascii(payload)))
			.withMessage("Payload of %d bytes holds the delimiter at byte %d", payload.length(), index);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 65 })
	void refusesADelimiterOfImpossibleLength(int length) {
		assertThatIllegalArgumentException().isThrownBy(() -> new DelimitedFrameCodec(new byte[length], 16))
			.withMessage("Delimiter of %d bytes is not within 1 and 64 bytes", length);
	}

	@Test
	void keepsItsDelimiterWhenTheCallersArrayChanges() {
		byte[] delimiter = ascii(";");
		FrameCodec codec = new DelimitedFrameCodec(delimiter, 16);
		delimiter[0] = 'x';
		assertThat(new FrameWriter(codec).write(0, ascii("a"))).isEqualTo(ascii("a;"));
	}

	@Test
	void looksAtEachByteAtMostOncePerByteOfTheDelimiterInTheWorstCase() {
		byte[] delimiter = new byte[64];
		delimiter[63] = 1;
		byte[] content = new byte[1 << 14];
		FrameCodec codec = new DelimitedFrameCodec(delimiter, content.length);
		WatchedByteBuf in = new WatchedByteBuf(content);
		Frame frame = new Frame();
		for (int arrived = 1; arrived <= content.length; arrived++) {
			assertThat(codec.read(in.writerIndex(arrived), frame)).isFalse();
		}
		assertThat(in.examined()).isLessThanOrEqualTo((1L + 64) * content.length);
		assertThat(frame.examined()).isEqualTo(content.length - 63);
	}

	private static FrameCodec codec(String delimiter) {
		return new DelimitedFrameCodec(ascii(delimiter), 16);
	}

	private static RecordedFrame frame(String text) {
		return new RecordedFrame(0, ascii(text));
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	interface DelimitedContract extends FrameCodecContract {

		byte[] delimiter();

		@Override
		default FrameCodec codec(int maxFrameSize) {
			return new DelimitedFrameCodec(delimiter(), maxFrameSize);
		}

		@Override
		default int refusedAfter(int maxFrameSize) {
			return maxFrameSize + delimiter().length;
		}

		@Override
		default byte[] payload(Random random, int length) {
			byte[] delimiter = delimiter();
			byte[] payload = FrameCodecContract.super.payload(random, length);
			for (int i = 0; i < length; i++) {
				if (random.nextInt(4) == 0) {
					payload[i] = delimiter[random.nextInt(delimiter.length)];
				}
				if (payload[i] == delimiter[delimiter.length - 1]) {
					payload[i] = '.';
				}
			}
			return payload;
		}

		@Override
		default byte[] alphabet() {
			byte[] alphabet = Arrays.copyOf(delimiter(), delimiter().length + 1);
			alphabet[delimiter().length] = '.';
			return alphabet;
		}

	}

	@Nested
	class ByOneByte implements DelimitedContract {

		@Override
		public byte[] delimiter() {
			return new byte[] { 0 };
		}

	}

	@Nested
	class ByTwoBytes implements DelimitedContract {

		@Override
		public byte[] delimiter() {
			return ascii("\r\n");
		}

	}

	@Nested
	class BySixtyFourBytes implements DelimitedContract {

		@Override
		public byte[] delimiter() {
			return ascii("-".repeat(63) + "|");
		}

	}

}
