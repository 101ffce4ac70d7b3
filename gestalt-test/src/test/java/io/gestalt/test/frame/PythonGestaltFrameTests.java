package io.gestalt.test.frame;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.stream.Stream;

import io.gestalt.frame.FrameCodec;
import io.gestalt.frame.LengthPrefixedFrameCodec;
import io.gestalt.frame.MessageTypeFrameCodec;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Frames captured from the Python package gestalt, written and read. */
class PythonGestaltFrameTests {

	private static final int MAX_FRAME_SIZE = 1 << 20;

	private final FrameCodec lengthPrefixed = new LengthPrefixedFrameCodec(4, ByteOrder.LITTLE_ENDIAN, false,
			MAX_FRAME_SIZE);

	private final FrameCodec messageType = new MessageTypeFrameCodec(ByteOrder.LITTLE_ENDIAN, MAX_FRAME_SIZE);

	@ParameterizedTest
	@MethodSource("payloads")
	void writesAndReadsCapturedFrames(JsonNode capture) {
		String payload = capture.get("payload").stringValue();
		assertWire(this.lengthPrefixed, 0, payload, capture.get("length-prefixed").stringValue());
		assertWire(this.messageType, 1, payload, capture.get("message-type-1").stringValue());
	}

	@Test
	void writesAndReadsTheCapturedEmptyMessage() {
		assertWire(this.messageType, 7, "", captures().get("empty-message-type-7").stringValue());
	}

	@Test
	void writesAndReadsTheExamplesOfTheWireFormat() {
		assertWire(this.lengthPrefixed, 0, "48656c6c6f", "0500000048656c6c6f");
		assertWire(this.lengthPrefixed, 0, "", "00000000");
		assertWire(this.messageType, 0x01020304, "48656c6c6f", "050000000403020148656c6c6f");
	}

	@Test
	void findsAllCapturedFramesInOneStream() {
		StringBuilder stream = new StringBuilder();
		payloads().forEach((capture) -> stream.append(capture.get("message-type-1").stringValue()));
		FrameRecorder recorder = new FrameRecorder(this.messageType);
		recorder.receive(HexFormat.of().parseHex(stream), () -> 5);
		assertThat(recorder.frames()).containsExactlyElementsOf(
				payloads().map((capture) -> new RecordedFrame(1, capture.get("payload").stringValue())).toList());
	}

	private static void assertWire(FrameCodec codec, int type, String payload, String wire) {
		byte[] bytes = HexFormat.of().parseHex(wire);
		assertThat(new FrameWriter(codec).write(type, HexFormat.of().parseHex(payload))).isEqualTo(bytes);
		FrameRecorder streamed = new FrameRecorder(codec);
		streamed.receive(bytes, () -> 1);
		assertThat(streamed.frames()).containsExactly(new RecordedFrame(type, payload));
		FrameRecorder datagram = new FrameRecorder(codec);
		datagram.receiveDatagram(Unpooled.wrappedBuffer(bytes));
		assertThat(datagram.frames()).containsExactly(new RecordedFrame(type, payload));
	}

	static Stream<JsonNode> payloads() {
		return captures().get("payloads").valueStream();
	}

	private static JsonNode captures() {
		try (InputStream in = PythonGestaltFrameTests.class.getResourceAsStream("/python-gestalt-captures.json")) {
			return JsonMapper.shared().readTree(in);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
