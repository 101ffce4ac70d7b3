package io.gestalt.test.frame;

import java.nio.ByteOrder;
import java.util.HexFormat;

import io.gestalt.frame.FrameCodec;
import io.gestalt.frame.FrameException;
import io.gestalt.frame.LengthPrefixedFrameCodec;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LengthPrefixedFrameCodecTests {

	@ParameterizedTest
	@CsvSource({ "1, false, false, 0548656c6c6f", "1, false, true, 0648656c6c6f", "2, false, false, 000548656c6c6f",
			"2, true, false, 050048656c6c6f", "2, true, true, 070048656c6c6f", "4, false, false, 0000000548656c6c6f",
			"4, true, false, 0500000048656c6c6f", "4, false, true, 0000000948656c6c6f",
			"4, true, true, 0900000048656c6c6f" })
	void writesAndReadsEveryKindOfHeader(int length, boolean littleEndian, boolean includesHeader, String wire) {
		ByteOrder order = littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
		FrameCodec codec = new LengthPrefixedFrameCodec(length, order, includesHeader, 5);
		assertThat(new FrameWriter(codec).write(0, hex("48656c6c6f"))).isEqualTo(hex(wire));
		FrameRecorder recorder = new FrameRecorder(codec);
		recorder.receive(hex(wire), () -> 1);
		assertThat(recorder.frames()).containsExactly(new RecordedFrame(0, "48656c6c6f"));
	}

	@ParameterizedTest
	@CsvSource({ "ffffffff, 4294967295", "80000000, 2147483648", "00000011, 17" })
	void refusesALengthAboveTheLimitBeforeThePayloadArrives(String header, long length) {
		FrameCodec codec = new LengthPrefixedFrameCodec(4, ByteOrder.BIG_ENDIAN, false, 16);
		assertThatExceptionOfType(FrameException.class)
			.isThrownBy(() -> new FrameRecorder(codec).receive(Unpooled.wrappedBuffer(hex(header))))
			.withMessage("Frame of %d bytes exceeds the limit of 16 bytes", length);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ffffffff", "80000000" })
	void refusesALengthAboveTheLargestLimit(String header) {
		FrameCodec codec = new LengthPrefixedFrameCodec(4, ByteOrder.BIG_ENDIAN, false, Integer.MAX_VALUE);
		assertThatExceptionOfType(FrameException.class)
			.isThrownBy(() -> new FrameRecorder(codec).receive(Unpooled.wrappedBuffer(hex(header))));
	}

	@Test
	void waitsForAFrameOfTheLargestLength() {
		FrameCodec codec = new LengthPrefixedFrameCodec(4, ByteOrder.BIG_ENDIAN, false, Integer.MAX_VALUE);
		FrameRecorder recorder = new FrameRecorder(codec);
		recorder.receive(hex("7fffffff00"), () -> 1);
		assertThat(recorder.frames()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 3 })
	void refusesALengthBelowTheHeaderThatItIncludes(int length) {
		FrameCodec codec = new LengthPrefixedFrameCodec(4, ByteOrder.BIG_ENDIAN, true, 16);
		assertThatExceptionOfType(FrameException.class)
			.isThrownBy(() -> new FrameRecorder(codec).receive(Unpooled.buffer().writeInt(length)))
			.withMessage("Frame length of %d bytes is below its header of 4 bytes", length);
	}

	@ParameterizedTest
	@CsvSource({ "1, false, 255, 255", "1, true, 254, 255", "2, false, 65535, 65535", "2, true, 65533, 65535" })
	void refusesToWriteAPayloadThatTheLengthFieldCannotCount(int width, boolean includesHeader, int most, int max) {
		FrameCodec codec = new LengthPrefixedFrameCodec(width, ByteOrder.LITTLE_ENDIAN, includesHeader, 1 << 20);
		FrameRecorder recorder = new FrameRecorder(codec);
		recorder.receive(Unpooled.wrappedBuffer(new FrameWriter(codec).write(0, new byte[most])));
		assertThat(recorder.frames()).containsExactly(new RecordedFrame(0, new byte[most]));
		assertThatExceptionOfType(FrameException.class)
			.isThrownBy(() -> new FrameWriter(codec).write(0, new byte[most + 1]))
			.withMessage("Frame length of %d bytes exceeds %d, the most that a length field of %d bytes holds", max + 1,
					max, width);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "000005", "0000000548656c6c", "0000000548656c6c6f00" })
	void refusesADatagramThatDisagreesWithItsLength(String datagram) {
		FrameCodec codec = new LengthPrefixedFrameCodec(4, ByteOrder.BIG_ENDIAN, false, 16);
		assertThatExceptionOfType(FrameException.class)
			.isThrownBy(() -> new FrameRecorder(codec).receiveDatagram(Unpooled.wrappedBuffer(hex(datagram))))
			.withMessageStartingWith("Datagram of %d bytes", datagram.length() / 2);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 3, 8 })
	void refusesAnUnusualLengthField(int length) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new LengthPrefixedFrameCodec(length, ByteOrder.BIG_ENDIAN, false, 16))
			.withMessage("Length field of %d bytes is not one of 1, 2 or 4", length);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1 })
	void refusesALimitWithoutRoomForAPayload(int limit) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new LengthPrefixedFrameCodec(4, ByteOrder.BIG_ENDIAN, false, limit))
			.withMessage("Frame limit of %d bytes is below 1 byte", limit);
	}

	private static byte[] hex(String hex) {
		return HexFormat.of().parseHex(hex);
	}

	@Nested
	class OfOneByte implements FrameCodecContract {

		@Override
		public FrameCodec codec(int maxFrameSize) {
			return new LengthPrefixedFrameCodec(1, ByteOrder.BIG_ENDIAN, false, maxFrameSize);
		}

		@Override
		public int refusedAfter(int maxFrameSize) {
			return 1;
		}

		@Override
		public int capacity() {
			return 255;
		}

	}

	@Nested
	class OfTwoBytesLittleEndianThatCountThemselves implements FrameCodecContract {

		@Override
		public FrameCodec codec(int maxFrameSize) {
			return new LengthPrefixedFrameCodec(2, ByteOrder.LITTLE_ENDIAN, true, maxFrameSize);
		}

		@Override
		public int refusedAfter(int maxFrameSize) {
			return 2;
		}

		@Override
		public int capacity() {
			return 65533;
		}

	}

	@Nested
	class OfFourBytesBigEndian implements FrameCodecContract {

		@Override
		public FrameCodec codec(int maxFrameSize) {
			return new LengthPrefixedFrameCodec(4, ByteOrder.BIG_ENDIAN, false, maxFrameSize);
		}

		@Override
		public int refusedAfter(int maxFrameSize) {
			return 4;
		}

	}

	@Nested
	class OfFourBytesLittleEndian implements FrameCodecContract {

		@Override
		public FrameCodec codec(int maxFrameSize) {
			return new LengthPrefixedFrameCodec(4, ByteOrder.LITTLE_ENDIAN, false, maxFrameSize);
		}

		@Override
		public int refusedAfter(int maxFrameSize) {
			return 4;
		}

	}

}
