package io.gestalt.test.codec;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Set;

import io.gestalt.codec.CodecException;
import io.gestalt.codec.Codecs;
import io.gestalt.codec.Compressor;
import io.gestalt.codec.MediaType;
import io.gestalt.codec.PayloadCodec;
import io.gestalt.codec.Serializer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CodecsTests {

	private final Codecs codecs = Codecs.builder().build();

	@Test
	void findsASerializerByNameContentTypeAndAlias() {
		Serializer json = this.codecs.serializer("json");
		for (String word : new String[] { "JSON", "application/json", " Application/JSON; charset=utf-8",
				"text/json" }) {
			assertThat(this.codecs.serializer(word)).isSameAs(json);
		}
	}

	@Test
	void findsEveryBuiltInCodecByWhatItSaysOfItself() {
		for (String name : this.codecs.serializerNames()) {
			Serializer serializer = this.codecs.serializer(name);
			assertThat(serializer.name()).isEqualTo(name);
			assertThat(this.codecs.serializer(serializer.contentType().toString())).isSameAs(serializer);
		}
		for (String name : this.codecs.compressorNames()) {
			Compressor compressor = this.codecs.compressor(name);
			assertThat(compressor.name()).isEqualTo(name);
			assertThat(this.codecs.compressor(compressor.label())).isSameAs(compressor);
			assertThat(compressor.aliases()).isNotEmpty()
				.allSatisfy((alias) -> assertThat(this.codecs.compressor(alias)).isSameAs(compressor));
		}
	}

	@Test
	void guessesWhatAnUnknownNameMeant() {
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> this.codecs.serializer("jsn"))
			.withMessage("Serializer 'jsn' is unknown, did you mean 'json'? known are "
					+ "[avro, bytes, json, msgpack, protobuf, text, yaml]");
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> this.codecs.compressor("application/pdf"))
			.withMessage("Compression 'application/pdf' is unknown, known are "
					+ "[brotli, bzip2, deflate, gzip, lz4, lzma, snappy, zlib, zstd]");
	}

	@Test
	void prefersTheSerializerOfTheUser() {
		Serializer own = new Reversed("json", new MediaType("application", "vnd.own"));
		Codecs withOwn = Codecs.builder().serializer(own).build();
		assertThat(withOwn.serializer("json")).isSameAs(own);
		assertThat(withOwn.serializer("application/vnd.own")).isSameAs(own);
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> withOwn.serializer("application/json"));
	}

	@Test
	void refusesTwoCodecsOfTheUserUnderOneName() {
		Serializer own = new Reversed("own", new MediaType("a", "b"));
		assertThatIllegalArgumentException().isThrownBy(() -> Codecs.builder().serializer(own).serializer(own).build())
			.withMessage("Serializer 'own' is defined twice");
	}

	@Test
	void buildsAChain() {
		for (String compression : new String[] { null, "none", "gzip", "zstd" }) {
			PayloadCodec codec = this.codecs.payloadCodec("json", compression);
			ByteBuf buffer = Unpooled.buffer();
			codec.encode("hello", 0, buffer);
			assertThat(codec.decode(buffer, 0, String.class)).isEqualTo("hello");
		}
	}

	@Test
	void limitsAChain() {
		PayloadCodec codec = this.codecs.payloadCodec("json", "gzip", 10);
		ByteBuf buffer = Unpooled.buffer();
		codec.encode("hello, hello", 0, buffer);
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> codec.decode(buffer, 0, String.class))
			.withMessage("Decompressed payload exceeds the limit of 10 bytes");
	}

	@Test
	void takesTheMapperOfTheUser() {
		JsonMapper mapper = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
		Serializer json = Codecs.builder().jsonMapper(mapper).build().serializer("json");
		assertThat(json.read(Unpooled.wrappedBuffer(new byte[] { '1', '.', '5' }), 0, Object.class))
			.isEqualTo(new BigDecimal("1.5"));
	}

	@Test
	void knowsNoSerializerForAnythingElse() {
		assertThat(this.codecs.serializerNames())
			.isEqualTo(Set.of("avro", "bytes", "json", "msgpack", "protobuf", "text", "yaml"));
	}

	private record Reversed(String name, MediaType contentType) implements Serializer {

		@Override
		public void write(Object value, int typeId, ByteBuf out) {
			out.writeByte(0);
		}

		@Override
		public Object read(ByteBuf in, int typeId, Type target) {
			return in.readByte();
		}

	}

}
