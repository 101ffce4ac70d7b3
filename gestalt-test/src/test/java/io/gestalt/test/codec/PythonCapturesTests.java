package io.gestalt.test.codec;

import java.io.InputStream;
import java.util.List;
import java.util.Map;

import io.gestalt.codec.Codecs;
import io.gestalt.codec.Compressor;
import io.gestalt.codec.Serializer;
import io.gestalt.codec.avro.AvroSerializer;
import io.gestalt.message.MessageTypes;
import io.gestalt.test.proto.Reading;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Payloads that the Python package gestalt wrote, byte by byte. */
class PythonCapturesTests {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private static final JsonNode CAPTURES = captures();

	private static final int TYPE = 1;

	private final Codecs codecs = Codecs.builder()
		.types(MessageTypes.builder().add(TYPE, Reading.class).build())
		.serializer(new AvroSerializer(MessageTypes.none(),
				Map.of(TYPE, new Schema.Parser().parse(CAPTURES.get("avro-schema").toString()))))
		.build();

	@TestFactory
	List<DynamicTest> readsEveryPayload() {
		return CAPTURES.get("payloads")
			.valueStream()
			.map((capture) -> DynamicTest.dynamicTest(capture.get("serializer").stringValue() + " " + capture.get("i"),
					() -> readsPayload(capture)))
			.toList();
	}

	@TestFactory
	List<DynamicTest> writesTheSameBytesWhereTheFormatLeavesNoChoice() {
		return CAPTURES.get("payloads")
			.valueStream()
			.filter((capture) -> !List.of("json", "yaml").contains(capture.get("serializer").stringValue()))
			.map((capture) -> DynamicTest.dynamicTest(capture.get("serializer").stringValue() + " " + capture.get("i"),
					() -> {
						Serializer serializer = serializer(capture);
						ByteBuf out = Unpooled.buffer();
						serializer.write(serializer.read(payload(capture), TYPE, Object.class), TYPE, out);
						assertThat(ByteBufUtil.hexDump(out)).isEqualTo(capture.get("payload").stringValue());
					}))
			.toList();
	}

	@TestFactory
	List<DynamicTest> writesJsonAndYamlThatReadTheSame() {
		return CAPTURES.get("payloads")
			.valueStream()
			.filter((capture) -> List.of("json", "yaml").contains(capture.get("serializer").stringValue()))
			.map((capture) -> DynamicTest.dynamicTest(capture.get("serializer").stringValue() + " " + capture.get("i"),
					() -> {
						Serializer serializer = serializer(capture);
						Object value = serializer.read(payload(capture), TYPE, Object.class);
						ByteBuf out = Unpooled.buffer();
						serializer.write(value, TYPE, out);
						assertThat(serializer.read(out, TYPE, Object.class)).isEqualTo(value);
					}))
			.toList();
	}

	@TestFactory
	List<DynamicTest> decompressesEveryBody() {
		String plain = CAPTURES.get("uncompressed").stringValue();
		return CAPTURES.get("compressed")
			.valueStream()
			.map((capture) -> DynamicTest.dynamicTest(capture.get("name").stringValue(), () -> {
				Compressor compressor = this.codecs.compressor(capture.get("mime").stringValue());
				assertThat(compressor.name()).isEqualTo(capture.get("name").stringValue());
				assertThat(compressor.label()).isEqualTo(capture.get("mime").stringValue());
				ByteBuf out = Unpooled.buffer();
				compressor.decompress(hex(capture.get("bytes").stringValue()), out, plain.length() / 2);
				assertThat(ByteBufUtil.hexDump(out)).isEqualTo(plain);
			}))
			.toList();
	}

	@Test
	void writesLzmaInTheXzContainer() {
		ByteBuf out = Unpooled.buffer();
		this.codecs.compressor("lzma").compress(hex("00"), out);
		assertThat(ByteBufUtil.hexDump(out)).startsWith("fd377a585a00");
	}

	private void readsPayload(JsonNode capture) {
		Serializer serializer = serializer(capture);
		assertThat(serializer.contentType()).hasToString(capture.get("content-type").stringValue());
		Object value = serializer.read(payload(capture), TYPE, Object.class);
		switch (serializer.name()) {
			case "bytes" ->
				assertThat(ByteBufUtil.hexDump((byte[]) value)).isEqualTo(capture.get("payload").stringValue());
			case "protobuf" -> {
				Reading reading = (Reading) value;
				JsonNode expected = capture.get("value");
				assertThat(reading.getNorth()).isEqualTo(expected.get("north").floatValue());
				assertThat(reading.getEast()).isEqualTo(expected.get("east").floatValue());
				assertThat(reading.getHeight()).isEqualTo(expected.get("height").floatValue());
				assertThat(reading.getSourceValue()).isEqualTo(expected.get("source").intValue());
			}
			case "avro" -> capture.get("value")
				.forEachEntry(
						(name, number) -> assertThat(((GenericRecord) value).get(name)).isEqualTo(number.floatValue()));
			default -> assertThat(value).isEqualTo(MAPPER.treeToValue(capture.get("value"), Object.class));
		}
	}

	@Test
	void readsAvroIntoARecord() {
		Serializer avro = this.codecs.serializer("avro");
		assertThat(avro.read(hex("000000c03f000000a0bf02"), TYPE, Place.class))
			.isEqualTo(new Place(1.5f, -1.25f, null));
	}

	record Place(Float north, Float east, Float height) {

	}

	private Serializer serializer(JsonNode capture) {
		return this.codecs.serializer(capture.get("content-type").stringValue());
	}

	private static ByteBuf payload(JsonNode capture) {
		return hex(capture.get("payload").stringValue());
	}

	private static ByteBuf hex(String hex) {
		return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
	}

	private static JsonNode captures() {
		InputStream stream = PythonCapturesTests.class.getResourceAsStream("/python-gestalt-captures.json");
		return MAPPER.readTree(stream);
	}

}
