package io.gestalt.test.frame;

import java.nio.charset.StandardCharsets;

import io.gestalt.frame.FrameCodec;
import io.gestalt.frame.FrameException;
import io.gestalt.frame.NetstringFrameCodec;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class NetstringFrameCodecTests implements FrameCodecContract {

	@Override
	public FrameCodec codec(int maxFrameSize) {
		return new NetstringFrameCodec(maxFrameSize);
	}

	@Override
	public int refusedAfter(int maxFrameSize) {
		return String.valueOf(maxFrameSize).length();
	}

	@Override
	public byte[] alphabet() {
		return ascii("0123,,::a");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "hello|5:hello,", "''|0:,", "hello world!|12:hello world!,", "5:a,|4:5:a,," })
	void writesAndReadsTheExamplesOfItsSpecification(String payload, String wire) {
		FrameCodec codec = codec(1024);
		assertThat(new FrameWriter(codec).write(0, ascii(payload))).isEqualTo(ascii(wire));
		FrameRecorder recorder = new FrameRecorder(codec);
		recorder.receive(ascii(wire), () -> 1);
		assertThat(recorder.frames()).containsExactly(new RecordedFrame(0, ascii(payload)));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "05:hello,|Length of a netstring has a leading zero",
			"00:,|Length of a netstring has a leading zero", "-1:,|Byte 0x2d in the length of a netstring is no digit",
			"+1:a,|Byte 0x2b in the length of a netstring is no digit",
			":,|Byte 0x3a in the length of a netstring is no digit",
			"5 :hello,|Byte 0x20 in the length of a netstring is no digit",
			"5:hello;|Netstring of 5 bytes ends with byte 0x3b instead of a comma",
			"99999999999:|Frame of at least 9999 bytes exceeds the limit of 1024 bytes",
			"1025:|Frame of at least 1025 bytes exceeds the limit of 1024 bytes" })
	void refusesWhatIsNoNetstring(String wire, String message) {
		assertThatExceptionOfType(FrameException.class)
			.isThrownBy(() -> new FrameRecorder(codec(1024)).receive(ascii(wire), () -> 1))
			.withMessage(message);
	}

	@Test
	void survivesALengthThatNeedsSixtyFourBits() {
		assertThatExceptionOfType(FrameException.class)
			.isThrownBy(() -> new FrameRecorder(codec(Integer.MAX_VALUE)).receive(ascii("9".repeat(30)), () -> 1))
			.withMessage("Frame of at least 9999999999 bytes exceeds the limit of 2147483647 bytes");
	}

	@Test
	void waitsForAFrameOfTheLargestLength() {
		FrameRecorder recorder = new FrameRecorder(codec(Integer.MAX_VALUE));
		recorder.receive(ascii("2147483647:hello"), () -> 1);
		assertThat(recorder.frames()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "5", "5:", "5:hell", "5:hello", "5:hello,x", "5:hello,5:hello," })
	void refusesADatagramThatIsNotOneNetstring(String datagram) {
		assertThatExceptionOfType(FrameException.class)
			.isThrownBy(() -> new FrameRecorder(codec(16)).receiveDatagram(Unpooled.wrappedBuffer(ascii(datagram))))
			.withMessageStartingWith("Datagram of %d bytes", datagram.length());
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
