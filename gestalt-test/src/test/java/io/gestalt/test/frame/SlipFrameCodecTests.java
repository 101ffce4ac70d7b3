package io.gestalt.test.frame;

import java.util.HexFormat;
import java.util.Random;

import io.gestalt.frame.FrameCodec;
import io.gestalt.frame.FrameException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SlipFrameCodecTests implements FrameCodecContract {

	private static final byte[] ALPHABET = hex("c0dbdcdd61");

	@Override
	public FrameCodec codec(int maxFrameSize) {
		return new SlipFrameCodec(maxFrameSize);
	}

	@Override
	public int refusedAfter(int maxFrameSize) {
		return 2 * maxFrameSize + 1;
	}

	@Override
	public byte[] alphabet() {
		return ALPHABET.clone();
	}

	@Override
	public byte[] payload(Random random, int length) {
		byte[] payload = FrameCodecContract.super.payload(random, length);
		for (int i = 0; i < length; i += 3) {
			payload[i] = ALPHABET[random.nextInt(ALPHABET.length)];
		}
		return payload;
	}

	@Test
	void escapesAndUnescapesInPlace() {
		FrameCodec codec = codec(16);
		assertThat(new FrameWriter(codec).write(0, hex("01c002db03"))).isEqualTo(hex("01dbdc02dbdd03c0"));
		FrameRecorder recorder = new FrameRecorder(codec);
		recorder.receive(hex("01dbdc02dbdd03c0"), () -> 1);
		assertThat(recorder.frames()).containsExactly(new RecordedFrame(0, "01c002db03"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "db01c0", "dbc0", "dbdbc0" })
	void refusesABrokenEscape(String wire) {
		assertThatExceptionOfType(FrameException.class)
			.isThrownBy(() -> new FrameRecorder(codec(16)).receive(hex(wire), () -> 1))
			.withMessageEndingWith("is no escape");
	}

	private static byte[] hex(String hex) {
		return HexFormat.of().parseHex(hex);
	}

}
