package io.gestalt.test.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.gestalt.codec.CodecException;
import io.gestalt.codec.Codecs;
import io.gestalt.codec.PayloadCodec;
import io.gestalt.codec.Serializer;
import io.gestalt.message.MessageTypes;
import io.gestalt.test.proto.Reading;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HostilePayloadTests {

	private final Codecs codecs = Codecs.builder()
		.types(MessageTypes.builder().add(1, Reading.class).build())
		.maxDecodedSize(1 << 20)
		.build();

	@ParameterizedTest
	@CsvSource({ "json, '[', ']'", "json, '{\"a\":', '}'", "yaml, '[', ']'", "yaml, '{a: ', '}'", "yaml, '- ', ''" })
	void refusesTextThatNestsTooDeep(String name, String open, String close) {
		for (int depth : new int[] { 1000, 100_000 }) {
			byte[] payload = (open.repeat(depth) + "1" + close.repeat(depth)).getBytes(StandardCharsets.UTF_8);
			assertUnreadable(name, payload);
		}
	}

	@Test
	void readsWhatNestsModerately() {
		byte[] payload = ("[".repeat(400) + "1" + "]".repeat(400)).getBytes(StandardCharsets.UTF_8);
		for (String name : List.of("json", "yaml")) {
			assertThat(this.codecs.serializer(name).read(Unpooled.wrappedBuffer(payload), 0, Object.class))
				.isInstanceOf(List.class);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "91", "81a161", "dc0001", "dd00000001" })
	void refusesMsgpackThatNestsTooDeep(String level) {
		assertUnreadable("msgpack", ByteBufUtil.decodeHexDump(level.repeat(100_000) + "c0"));
	}

	@Test
	void refusesAYamlAliasBomb() {
		StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
		for (int level = 1; level < 20; level++) {
			bomb.append("a%d: &a%d [%s]\n".formatted(level, level, ("*a" + (level - 1) + ", ").repeat(10)));
		}
		assertUnreadable("yaml", bomb.toString().getBytes(StandardCharsets.UTF_8));
	}

	@ParameterizedTest
	@ValueSource(strings = { "json", "yaml", "msgpack" })
	void refusesToWriteAListWithinItself(String name) {
		List<Object> list = new ArrayList<>();
		list.add(list);
		assertThatExceptionOfType(CodecException.class)
			.isThrownBy(() -> this.codecs.serializer(name).write(list, 0, Unpooled.buffer()))
			.satisfies((ex) -> assertThat(ex.codec()).isEqualTo(name));
	}

	@ParameterizedTest
	@ValueSource(strings = { "json", "yaml", "msgpack", "avro", "protobuf", "text", "bytes" })
	void answersAnEmptyPayloadThroughTheChain(String name) {
		PayloadCodec codec = this.codecs.payloadCodec(name, "gzip");
		Object empty = codec.decode(Unpooled.EMPTY_BUFFER, 1, Object.class);
		Map<String, Object> expected = Map.of("protobuf", Reading.getDefaultInstance(), "text", "", "bytes",
				new byte[0]);
		assertThat(empty).isEqualTo(expected.get(name));
	}

	@Test
	void refusesAPayloadAboveTheLimitWithoutReadingIt() {
		ByteBuf payload = Unpooled.wrappedBuffer(new byte[(1 << 20) + 1]);
		assertThatExceptionOfType(CodecException.class)
			.isThrownBy(() -> this.codecs.payloadCodec("text", null).decode(payload, 0, String.class))
			.withMessage("Payload of 1048577 bytes exceeds the limit of 1048576 bytes");
	}

	@ParameterizedTest
	@ValueSource(strings = { "json", "yaml", "msgpack", "avro", "protobuf", "text" })
	void namesTheValueThatCannotBeRead(String name) {
		Serializer serializer = this.codecs.serializer(name);
		assertThatExceptionOfType(CodecException.class)
			.isThrownBy(() -> serializer.read(Unpooled.wrappedBuffer(new byte[] { (byte) 0xc1 }), 1, Narrow.class))
			.withMessageStartingWith("Payload is not readable as " + name + ": ");
	}

	private void assertUnreadable(String name, byte[] payload) {
		assertThatExceptionOfType(CodecException.class)
			.isThrownBy(() -> this.codecs.serializer(name).read(Unpooled.wrappedBuffer(payload), 0, Object.class))
			.withMessageStartingWith("Payload is not readable as " + name + ": ")
			.satisfies((ex) -> assertThat(ex.getCause() instanceof StackOverflowError).isFalse());
	}

	record Narrow(int number, String text) {

	}

}
