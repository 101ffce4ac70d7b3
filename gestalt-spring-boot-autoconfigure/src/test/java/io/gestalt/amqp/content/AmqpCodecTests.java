package io.gestalt.amqp.content;

import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.impl.LongStringHelper;
import io.gestalt.amqp.AmqpHeaders;
import io.gestalt.codec.CodecException;
import io.gestalt.codec.Codecs;
import io.gestalt.codec.Compressor;
import io.gestalt.codec.MediaType;
import io.gestalt.codec.PayloadCodec;
import io.gestalt.codec.Serializer;
import io.gestalt.codec.avro.AvroSerializer;
import io.gestalt.message.Message;
import io.gestalt.message.MessageTypes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Content headers and bodies as the Python package gestalt writes and expects them. */
class AmqpCodecTests {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private static final JsonNode CAPTURES = captures();

	private static final int TYPE = 1;

	private static final int MAX_SIZE = 64 * 1024;

	/** What cannot be decoded here without a library that is missing on purpose. */
	private final Codecs codecs = Codecs.builder()
		.serializer(new AvroSerializer(MessageTypes.none(),
				Map.of(TYPE, new Schema.Parser().parse(CAPTURES.get("avro-schema").toString()))))
		.serializer(new Undecoded("protobuf", new MediaType("application", "vnd.google.protobuf")))
		.compressor(new StoredBlock())
		.build();

	private final AmqpCodec codec = codec("msgpack", "none");

	private AmqpCodec codec(String serializer, String compression) {
		PayloadCodec own = this.codecs.payloadCodec(serializer, compression);
		return new AmqpCodec(this.codecs, own, 0, MAX_SIZE);
	}

	@TestFactory
	List<DynamicTest> readsEveryPayloadByItsHeaders() {
		return payloads().map((capture) -> DynamicTest.dynamicTest(name(capture), () -> {
			Object value = this.codec.decode(properties(contentType(capture), null, TYPE), payload(capture),
					Object.class);
			assertRight(capture, value);
		})).toList();
	}

	@TestFactory
	List<DynamicTest> readsEveryPayloadUnderEveryCompression() {
		return payloads().flatMap(
				(capture) -> compressions().map((label) -> DynamicTest.dynamicTest(name(capture) + " " + label, () -> {
					byte[] body = compressed(label, payload(capture));
					assertRight(capture,
							this.codec.decode(properties(contentType(capture), label, TYPE), body, Object.class));
				})))
			.toList();
	}

	@TestFactory
	List<DynamicTest> readsEveryCompressedBody() {
		String plain = CAPTURES.get("uncompressed").stringValue();
		return CAPTURES.get("compressed")
			.valueStream()
			.filter((capture) -> !capture.get("name").stringValue().equals("snappy"))
			.map((capture) -> DynamicTest.dynamicTest(capture.get("name").stringValue(), () -> {
				AMQP.BasicProperties properties = properties("application/json", capture.get("mime").stringValue(),
						null);
				assertThat(this.codec.decode(properties, hex(capture.get("bytes").stringValue()), Object.class))
					.isEqualTo(MAPPER.readValue(hex(plain), Object.class));
			}))
			.toList();
	}

	@TestFactory
	List<DynamicTest> writesExactlyTheLabels() {
		return payloads().flatMap(
				(capture) -> compressions().map((label) -> DynamicTest.dynamicTest(name(capture) + " " + label, () -> {
					Object value = this.codec.decode(properties(contentType(capture), null, TYPE), payload(capture),
							Object.class);
					AmqpContent content = codec(contentType(capture), label)
						.encode(new Message<>(value, TYPE, Map.of()));
					AMQP.BasicProperties properties = content.properties(false).build();
					assertThat(properties.getContentType()).isEqualTo(contentType(capture));
					assertThat(properties.getContentEncoding()).isEqualTo(isText(capture) ? "utf-8" : "binary");
					assertThat(properties.getHeaders()).containsOnly(Map.entry("compression", label),
							Map.entry("x-type-id", 1L));
					assertThat(properties.getDeliveryMode()).isEqualTo(1);
					assertRight(capture, this.codec.decode(properties, content.body(), Object.class));
				})))
			.toList();
	}

	private static boolean isText(JsonNode capture) {
		return List.of("text", "json", "yaml").contains(capture.get("serializer").stringValue());
	}

	private void assertRight(JsonNode capture, @Nullable Object value) {
		switch (capture.get("serializer").stringValue()) {
			case "data", "protobuf" -> assertThat((byte[]) value).isEqualTo(payload(capture));
			case "avro" -> capture.get("value")
				.forEachEntry(
						(name, number) -> assertThat(((GenericRecord) value).get(name)).isEqualTo(number.floatValue()));
			default -> assertThat(value).isEqualTo(MAPPER.treeToValue(capture.get("value"), Object.class));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json; charset=utf-8", "APPLICATION/JSON",
			"application/json;charset=\"utf-8\"", "json" })
	void readsContentTypesThatOthersWrite(String contentType) {
		assertThat(this.codec.decode(properties(contentType, null, null), utf8("[1]"), Object.class))
			.isEqualTo(List.of(1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "gzip", "application/gzip", "application/x-gzip", "applications/x-gzip", "GZIP" })
	void readsCompressionsThatOthersWrite(String label) {
		byte[] body = compressed("applications/x-gzip", utf8("[1]"));
		assertThat(this.codec.decode(properties("application/json", label, null), body, Object.class))
			.isEqualTo(List.of(1));
	}

	@Test
	void decodesWithItsOwnFormatWhatNamesNone() {
		AMQP.BasicProperties nothing = new AMQP.BasicProperties();
		assertThat(codec("json", "gzip").decode(nothing, utf8("[1]"), Object.class)).isEqualTo(List.of(1));
		AMQP.BasicProperties compressed = properties(null, "applications/x-gzip", null);
		assertThat(codec("json", "none").decode(compressed, compressed("gzip", utf8("[1]")), Object.class))
			.isEqualTo(List.of(1));
	}

	@Test
	void refusesWhatItDoesNotKnow() {
		assertThatExceptionOfType(CodecException.class)
			.isThrownBy(
					() -> this.codec.decode(properties("application/x-unknown", null, null), utf8("[1]"), Object.class))
			.withMessageContaining("'application/x-unknown' is unknown");
		assertThatExceptionOfType(CodecException.class)
			.isThrownBy(
					() -> this.codec.decode(properties("application/json", "x-zip", null), utf8("[1]"), Object.class))
			.withMessageContaining("'x-zip' is unknown");
		assertThatExceptionOfType(CodecException.class)
			.isThrownBy(
					() -> this.codec.decode(properties("application/json", null, "seven"), utf8("[1]"), Object.class))
			.withMessage("Header 'x-type-id' is no integer");
	}

	@Test
	void refusesWhatGrowsAboveTheLimit() {
		byte[] bomb = compressed("gzip", new byte[MAX_SIZE + 1]);
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> this.codec
			.decode(properties("application/data", "applications/x-gzip", null), bomb, byte[].class));
	}

	@ParameterizedTest
	@MethodSource
	void readsTheTypeFromAnyKindOfNumber(Object id) {
		assertThat(AmqpCodec.typeOf(properties("application/json", null, id))).isEqualTo(7);
	}

	static List<Object> readsTheTypeFromAnyKindOfNumber() {
		return List.of((byte) 7, (short) 7, 7, 7L, 7.0, 7f, BigDecimal.valueOf(7), "7",
				LongStringHelper.asLongString("7"));
	}

	@Test
	void readsUnsignedTypes() {
		assertThat(AmqpCodec.typeOf(properties("application/json", null, 4294967295L))).isEqualTo(-1);
		assertThat(AmqpCodec.typeOf(properties("application/json", null, "4294967295"))).isEqualTo(-1);
		assertThat(AmqpCodec.typeOf(new AMQP.BasicProperties())).isZero();
	}

	@Test
	void deliversEmptyBodiesUndecoded() {
		assertThat(this.codec.decode(properties("application/json", null, null), new byte[0], Object.class)).isNull();
		assertThat(this.codec.decode(properties("application/json", "gzip", null), new byte[0], Object.class)).isNull();
		AmqpContent content = codec("json", "gzip").encode(null);
		assertThat(content.body()).isEmpty();
		assertThat(content.headers()).isEmpty();
	}

	@Test
	void keepsTheHeadersOfTheUser() {
		Instant time = Instant.parse("2026-01-31T12:00:00Z");
		AmqpContent content = codec("json", "none")
			.encode(new Message<>("x", 0, Map.of("text", "t", "number", 3, "time", time, "mode", Thread.State.NEW,
					"list", List.of(1, Thread.State.NEW), AmqpHeaders.ROUTING_KEY, "a.b")));
		assertThat(content.routingKey()).isEqualTo("a.b");
		assertThat(content.headers()).isEqualTo(
				Map.of("text", "t", "number", 3, "time", Date.from(time), "mode", "NEW", "list", List.of(1, "NEW")));
	}

	private byte[] compressed(String label, byte[] plain) {
		ByteBuf out = Unpooled.buffer();
		this.codecs.compressor(label).compress(Unpooled.wrappedBuffer(plain), out);
		return ByteBufUtil.getBytes(out);
	}

	private static AMQP.BasicProperties properties(@Nullable String contentType, @Nullable String compression,
			@Nullable Object type) {
		java.util.HashMap<String, Object> headers = new java.util.HashMap<>();
		if (compression != null) {
			headers.put(AmqpCodec.COMPRESSION, LongStringHelper.asLongString(compression));
		}
		if (type != null) {
			headers.put(AmqpCodec.TYPE_ID, type);
		}
		return new AMQP.BasicProperties.Builder().contentType(contentType).headers(headers).build();
	}

	private static Stream<JsonNode> payloads() {
		return CAPTURES.get("payloads").valueStream();
	}

	private static Stream<String> compressions() {
		return CAPTURES.get("compressed").valueStream().map((capture) -> capture.get("mime").stringValue());
	}

	private static String name(JsonNode capture) {
		return capture.get("serializer").stringValue() + " " + capture.get("i");
	}

	private static String contentType(JsonNode capture) {
		return capture.get("content-type").stringValue();
	}

	private static byte[] payload(JsonNode capture) {
		return hex(capture.get("payload").stringValue());
	}

	private static byte[] hex(String hex) {
		return ByteBufUtil.decodeHexDump(hex);
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static JsonNode captures() {
		InputStream stream = AmqpCodecTests.class.getResourceAsStream("/python-gestalt-captures.json");
		return MAPPER.readTree(stream);
	}

	/** Stands for a format the library of which is missing here. */
	private record Undecoded(String name, MediaType contentType) implements Serializer {

		@Override
		public void write(Object value, int typeId, ByteBuf out) {
			assertThat(typeId).isEqualTo(TYPE);
			out.writeBytes((byte[]) value);
		}

		@Override
		public Object read(ByteBuf in, int typeId, java.lang.reflect.Type target) {
			assertThat(typeId).isEqualTo(TYPE);
			return ByteBufUtil.getBytes(in);
		}

	}

	/** Stands for Snappy, and shrinks nothing. */
	private static final class StoredBlock implements Compressor {

		@Override
		public String name() {
			return "snappy";
		}

		@Override
		public String label() {
			return "application/x-snappy";
		}

		@Override
		public void compress(ByteBuf in, ByteBuf out) {
			out.writeBytes(in);
		}

		@Override
		public void decompress(ByteBuf in, ByteBuf out, int maxSize) {
			out.writeBytes(in);
		}

	}

}
