package io.gestalt.test.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.gestalt.codec.CodecException;
import io.gestalt.codec.Serializer;
import io.gestalt.codec.avro.AvroSerializer;
import io.gestalt.codec.serializer.BytesSerializer;
import io.gestalt.codec.serializer.JsonSerializer;
import io.gestalt.codec.serializer.MsgpackSerializer;
import io.gestalt.codec.serializer.ProtobufSerializer;
import io.gestalt.codec.serializer.TextSerializer;
import io.gestalt.codec.serializer.YamlSerializer;
import io.gestalt.message.MessageTypes;
import io.gestalt.test.proto.Reading;
import io.gestalt.test.proto.Source;
import io.gestalt.test.proto.survey.Survey;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SerializersTests {

	private static final Order ORDER = new Order("A-1", 3, Side.SELL, List.of(new Line("Thé", 2.5), new Line("€", -1)),
			Map.of("k", 1L), null);

	private static Map<String, Object> map() {
		Map<String, Object> map = new LinkedHashMap<>();
		map.put("int", 1);
		map.put("long", 1L << 40);
		map.put("double", 2.5);
		map.put("text", "Thé € \ud83d\ude00");
		map.put("list", List.of(true, "s", Map.of("a", 1)));
		map.put("nothing", null);
		return map;
	}

	@Nested
	class Json implements SerializerContract {

		@Override
		public Serializer serializer() {
			return new JsonSerializer();
		}

		@Override
		public List<Sample> samples() {
			return List.of(Sample.of(ORDER), new Sample(map(), 0, Object.class), Sample.of("text"));
		}

		@Test
		void readsTheNumbersThatOnlyPythonWrites() {
			assertThat((List<?>) json("[NaN, Infinity, -Infinity]")).asString().isEqualTo("[NaN, Infinity, -Infinity]");
		}

		@Test
		void skipsAByteOrderMark() {
			assertThat(json("\ufeff1")).isEqualTo(1);
		}

		@Test
		void readsNull() {
			assertThat(json("null")).isNull();
		}

		@Test
		void refusesAnotherValueBehindTheFirst() {
			assertThatExceptionOfType(CodecException.class).isThrownBy(() -> json("1 2"))
				.withMessageContaining("Payload is not readable as json");
		}

		private Object json(String text) {
			return serializer().read(utf8(text), 0, Object.class);
		}

	}

	@Nested
	class Msgpack implements SerializerContract {

		@Override
		public Serializer serializer() {
			return new MsgpackSerializer();
		}

		@Override
		public List<Sample> samples() {
			return List.of(Sample.of(ORDER), new Sample(map(), 0, Object.class), new Sample("text", 0, String.class),
					new Sample(new byte[] { 1, 2, -1 }, 0, Object.class), Sample.of(new byte[300]));
		}

		@Test
		void refusesExtensions() {
			assertThatExceptionOfType(CodecException.class).isThrownBy(() -> read("d40701"))
				.withMessage("Payload is not readable as msgpack: extension type 7 is unknown");
		}

		@Test
		void refusesLengthsThatTheBytesCannotHold() {
			for (String lie : List.of("dd7fffffff", "df3fffffff", "db7fffffff", "c67fffffff", "ddffffffff")) {
				assertThatExceptionOfType(CodecException.class).as(lie).isThrownBy(() -> read(lie));
			}
		}

		@Test
		void readsIntegersOfEverySize() {
			assertThat(read("cfffffffffffffffff")).asString().isEqualTo("18446744073709551615");
			assertThat(read("cf00000000000000ff")).isEqualTo(255L);
			assertThat(read("ceffffffff")).isEqualTo(4294967295L);
			assertThat(read("d3ffffffffffffffff")).isEqualTo(-1L);
			assertThat(read("e0")).isEqualTo(-32);
			assertThat(read("ca3fc00000")).asString().isEqualTo("1.5");
		}

		@Test
		void refusesMalformedText() {
			assertThatExceptionOfType(CodecException.class).isThrownBy(() -> read("a1ff"));
		}

		private Object read(String hex) {
			return serializer().read(hex(hex), 0, Object.class);
		}

	}

	@Nested
	class Yaml implements SerializerContract {

		@Override
		public Serializer serializer() {
			return new YamlSerializer();
		}

		@Override
		public List<Sample> samples() {
			return List.of(Sample.of(ORDER), new Sample(map(), 0, Object.class));
		}

		@Override
		public boolean delimitsItself() {
			return false;
		}

		@Test
		void writesBlocksWithSortedKeys() {
			assertThat(new String(write(Sample.of(Map.of("b", List.of(1, 2), "a", Map.of("y", 1, "x", "no")))),
					StandardCharsets.UTF_8))
				.isEqualTo("a:\n  x: \"no\"\n  \"y\": 1\nb:\n- 1\n- 2\n");
		}

		@Test
		void refusesASecondDocument() {
			assertThatExceptionOfType(CodecException.class)
				.isThrownBy(() -> serializer().read(utf8("a: 1\n---\nb: 2\n"), 0, Object.class));
		}

		@Test
		void refusesAliases() {
			assertThatExceptionOfType(CodecException.class)
				.isThrownBy(() -> serializer().read(utf8("a: &x [1]\nb: *x\n"), 0, Object.class))
				.withMessageContaining("Alias '*x' is refused");
		}

		@Test
		void createsNoObjectsFromTags() {
			assertThat(serializer().read(utf8("!!javax.script.ScriptEngineManager [a]"), 0, Object.class))
				.isEqualTo(List.of("a"));
		}

	}

	@Nested
	class Avro implements SerializerContract {

		private static final Schema PAIR = SchemaBuilder.record("Pair")
			.namespace("other.space")
			.fields()
			.requiredString("sku")
			.requiredDouble("price")
			.endRecord();

		@Override
		public Serializer serializer() {
			MessageTypes types = MessageTypes.builder().add(1, Order.class).add(2, Bean.class).build();
			return new AvroSerializer(types, Map.of(7, PAIR, 8, Schema.create(Schema.Type.STRING)));
		}

		@Override
		public List<Sample> samples() {
			GenericData.Record generic = new GenericData.Record(PAIR);
			generic.put("sku", "abc");
			generic.put("price", 1.5);
			return List.of(Sample.of(ORDER), new Sample(ORDER, 1, Object.class),
					new Sample(new Bean("x", 3), 2, Bean.class), new Sample(generic, 7, Object.class),
					new Sample(new Line("abc", 1.5), 7, Line.class), new Sample("text", 8, Object.class),
					Sample.of(new Node(1, new Node(2, null, Optional.empty()), Optional.of("n"))));
		}

		@Test
		void mapsTheComponentsOfARecord() {
			Kinds kinds = new Kinds(new byte[] { 1 }, new int[] { 2, 3 }, Set.of("x"), (short) 4, 'c',
					Map.of("k", new Line("l", 1)), new String[] { "s" });
			ByteBuf buffer = Unpooled.buffer();
			serializer().write(kinds, 0, buffer);
			assertThat(serializer().read(buffer, 0, Kinds.class)).usingRecursiveComparison().isEqualTo(kinds);
		}

		@Test
		void tellsThatNobodyKnowsTheSchema() {
			assertThatExceptionOfType(CodecException.class)
				.isThrownBy(() -> serializer().read(hex("00"), 9, Object.class))
				.withMessageContaining("neither the target 'java.lang.Object' nor message type 9 tells a schema");
		}

		@Test
		void refusesNestingAboveTheLimit() {
			String deep = "02" + "02".repeat(20000);
			assertThatExceptionOfType(CodecException.class)
				.isThrownBy(() -> serializer().read(hex(deep), 0, Node.class))
				.withMessageContaining("nesting exceeds the limit of 100 levels");
		}

		@Test
		void refusesLengthsThatTheBytesCannotHold() {
			assertThatExceptionOfType(CodecException.class)
				.isThrownBy(() -> serializer().read(hex("feffffff0f61"), 8, Object.class));
		}

	}

	@Nested
	class Protobuf implements SerializerContract {

		@Override
		public Serializer serializer() {
			return new ProtobufSerializer(
					MessageTypes.builder().add(1, Reading.class).add(2, Survey.Point.class).build());
		}

		@Override
		public List<Sample> samples() {
			Survey.Point point = Survey.Point.newBuilder().setX(1).setY(-2).build();
			return List.of(Sample.of(Reading.newBuilder().setNorth(1).setSource(Source.MEASURED).build()),
					new Sample(point, 2, Object.class),
					Sample.of(Survey.newBuilder()
						.setName("s")
						.addPoints(point)
						.setInner(Survey.newBuilder().setName("i"))
						.build()));
		}

		@Override
		public boolean delimitsItself() {
			return false;
		}

		@Test
		void readsAnEmptyPayloadAsTheDefault() {
			assertThat(serializer().empty(1, Object.class)).isEqualTo(Reading.getDefaultInstance());
		}

		@Test
		void tellsThatNobodyKnowsTheClass() {
			assertThatExceptionOfType(CodecException.class)
				.isThrownBy(() -> serializer().read(hex("00"), 9, Object.class))
				.withMessageContaining("message type 9");
		}

		@Test
		void refusesDeepNesting() {
			Survey survey = Survey.getDefaultInstance();
			for (int level = 0; level < 200; level++) {
				survey = Survey.newBuilder().setInner(survey).build();
			}
			Sample sample = Sample.of(survey);
			assertThatExceptionOfType(CodecException.class).isThrownBy(() -> read(write(sample), sample));
		}

	}

	@Nested
	class Text implements SerializerContract {

		@Override
		public Serializer serializer() {
			return new TextSerializer();
		}

		@Override
		public List<Sample> samples() {
			return List.of(Sample.of("Thé € \ud83d\ude00"), new Sample("a", 0, CharSequence.class));
		}

		@Override
		public boolean delimitsItself() {
			return false;
		}

		@Test
		void replacesNothing() {
			assertThatExceptionOfType(CodecException.class)
				.isThrownBy(() -> serializer().read(hex("ff"), 0, String.class));
			assertThatExceptionOfType(CodecException.class)
				.isThrownBy(() -> serializer().write("\ud83d", 0, Unpooled.buffer()));
		}

		@Test
		void refusesOtherTargets() {
			assertThatExceptionOfType(CodecException.class)
				.isThrownBy(() -> serializer().read(hex("31"), 0, Integer.class))
				.withMessage("Payload is not readable as text: it cannot become 'java.lang.Integer', only String, "
						+ "CharSequence or Object");
		}

	}

	@Nested
	class Bytes implements SerializerContract {

		@Override
		public Serializer serializer() {
			return new BytesSerializer();
		}

		@Override
		public List<Sample> samples() {
			return List.of(Sample.of(new byte[] { 0, -1, 7 }),
					new Sample(ByteBuffer.wrap(new byte[] { 1, 2 }), 0, ByteBuffer.class));
		}

		@Override
		public boolean delimitsItself() {
			return false;
		}

		@Test
		void writesABufferWithoutMovingIt() {
			ByteBuf value = hex("0102");
			ByteBuf out = Unpooled.buffer();
			serializer().write(value, 0, out);
			assertThat(value.readableBytes()).isEqualTo(2);
			assertThat(out).isEqualTo(value);
		}

	}

	private static ByteBuf hex(String hex) {
		return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
	}

	private static ByteBuf utf8(String text) {
		return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
	}

	enum Side {

		BUY, SELL

	}

	record Line(String sku, double price) {

	}

	record Order(String id, int quantity, Side side, List<Line> lines, Map<String, Long> counts, String note) {

	}

	@SuppressWarnings("ArrayRecordComponent")
	record Kinds(byte[] bytes, int[] numbers, Set<String> names, short small, char letter, Map<String, Line> lines,
			String[] words) {

	}

	record Node(int value, Node next, Optional<String> name) {

	}

	static class Bean {

		private String name;

		private int count;

		Bean() {
		}

		Bean(String name, int count) {
			this.name = name;
			this.count = count;
		}

		@Override
		public boolean equals(Object other) {
			return other instanceof Bean bean && bean.name.equals(this.name) && bean.count == this.count;
		}

		@Override
		public int hashCode() {
			return this.name.hashCode();
		}

	}

}
