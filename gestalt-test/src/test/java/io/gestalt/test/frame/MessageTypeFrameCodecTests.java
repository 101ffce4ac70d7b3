package io.gestalt.test.frame;

import java.nio.ByteOrder;
import java.util.HexFormat;

import io.gestalt.frame.FrameCodec;
import io.gestalt.frame.FrameException;
import io.gestalt.frame.MessageTypeFrameCodec;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MessageTypeFrameCodecTests {

	private final FrameCodec codec = new MessageTypeFrameCodec(ByteOrder.BIG_ENDIAN, 16);

	@ParameterizedTest
	@CsvSource({ "7, 48656c6c6f, 000000050000000748656c6c6f", "4294967295, '', 00000000ffffffff",
			"2147483648, 00, 000000018000000000" })
	void carriesUnsignedTypes(long type, String payload, String wire) {
		assertThat(new FrameWriter(this.codec).write((int) type, hex(payload))).isEqualTo(hex(wire));
		FrameRecorder recorder = new FrameRecorder(this.codec);
		recorder.receive(hex(wire), () -> 1);
		assertThat(recorder.frames()).containsExactly(new RecordedFrame((int) type, payload));
	}

	@ParameterizedTest
	@CsvSource({ "ffffffff, 4294967295", "80000000, 2147483648", "00000011, 17" })
	void refusesALengthAboveTheLimitBeforeTheTypeArrives(String header, long length) {
		assertThatExceptionOfType(FrameException.class)
			.isThrownBy(() -> new FrameRecorder(this.codec).receive(Unpooled.wrappedBuffer(hex(header))))
			.withMessage("Frame of %d bytes exceeds the limit of 16 bytes", length);
	}

	@ParameterizedTest
	@ValueSource(strings = { "7fffffff", "7fffffff00000007", "7fffffff0000000700" })
	void waitsForAFrameOfTheLargestLength(String arrived) {
		FrameRecorder recorder = new FrameRecorder(new MessageTypeFrameCodec(ByteOrder.BIG_ENDIAN, Integer.MAX_VALUE));
		recorder.receive(Unpooled.wrappedBuffer(hex(arrived)));
		assertThat(recorder.frames()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "00000000", "000000000000", "00000001000000070000" })
	void refusesADatagramThatDisagreesWithItsLength(String datagram) {
		assertThatExceptionOfType(FrameException.class)
			.isThrownBy(() -> new FrameRecorder(this.codec).receiveDatagram(Unpooled.wrappedBuffer(hex(datagram))))
			.withMessageStartingWith("Datagram of %d bytes", datagram.length() / 2);
	}

	private static byte[] hex(String hex) {
		return HexFormat.of().parseHex(hex);
	}

	@Nested
	class BigEndian implements FrameCodecContract {

		@Override
		public FrameCodec codec(int maxFrameSize) {
			return new MessageTypeFrameCodec(ByteOrder.BIG_ENDIAN, maxFrameSize);
		}

		@Override
		public int refusedAfter(int maxFrameSize) {
			return 4;
		}

	}

	@Nested
	class LittleEndian implements FrameCodecContract {

		@Override
		public FrameCodec codec(int maxFrameSize) {
			return new MessageTypeFrameCodec(ByteOrder.LITTLE_ENDIAN, maxFrameSize);
		}

		@Override
		public int refusedAfter(int maxFrameSize) {
			return 4;
		}

	}

}
