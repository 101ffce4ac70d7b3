package io.gestalt.codec.serializer;

import java.nio.charset.StandardCharsets;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.gestalt.codec.CodecException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JsonBuffersTests {

	@Test
	void replaceTheQueueThatNobodyChose() {
		JsonMapper mapper = JsonMapper.builder().build();
		JsonMapper copy = JsonBuffers.under(mapper);
		assertThat(copy.tokenStreamFactory()._getRecyclerPool()).isInstanceOf(JsonBuffers.class);
		assertThat(JsonBuffers.under(copy)).isSameAs(copy);
	}

	@Test
	void giveWayToWhatSomebodyChose() {
		JsonMapper local = JsonMapper
			.builder(JsonFactory.builder().recyclerPool(JsonRecyclerPools.threadLocalPool()).build())
			.build();
		assertThat(JsonBuffers.under(local)).isSameAs(local);
		JsonMapper special = new JsonMapper() {
		};
		assertThat(JsonBuffers.under(special)).isSameAs(special);
	}

	@Test
	void leaveTheSettingsOfTheMapperAlone() {
		JsonMapper mapper = JsonMapper
			.builder(JsonFactory.builder()
				.streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(3).build())
				.build())
			.propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
			.enable(SerializationFeature.INDENT_OUTPUT)
			.addModule(new SimpleModule("text").addSerializer(Long.class, ToStringSerializer.instance))
			.addMixIn(Point.class, Mixed.class)
			.build();
		Point point = new Point(1, 7L);
		ByteBuf out = Unpooled.buffer();
		JsonSerializer serializer = new JsonSerializer(mapper);
		serializer.write(point, 0, out);
		assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(mapper.writeValueAsString(point))
			.contains("\"how-far\" : \"7\"", "\"mixed\" : 1");
		assertThatExceptionOfType(CodecException.class)
			.isThrownBy(() -> serializer.read("[[[[]]]]".getBytes(StandardCharsets.UTF_8), 0, List.class))
			.withMessageContaining("(4) exceeds the maximum allowed (3");
	}

	record Point(int x, Long howFar) {

	}

	interface Mixed {

		@JsonProperty("mixed")
		int x();

	}

}
