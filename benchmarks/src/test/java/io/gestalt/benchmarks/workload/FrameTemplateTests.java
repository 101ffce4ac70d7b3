package io.gestalt.benchmarks.workload;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class FrameTemplateTests {

	private static final long SEQUENCE = 0x0123456789abcdefL;

	@ParameterizedTest
	@MethodSource("io.gestalt.benchmarks.workload.Workload#all")
	void hasALengthPrefixAndAPayloadOfTheWorkloadsSize(Workload workload) {
		ByteBuf frame = frame(workload);
		assertThat(frame.readInt()).isEqualTo(workload.size());
		assertThat(frame.readableBytes()).isEqualTo(workload.size());
	}

	@Test
	void writesAnOrderAsJacksonDoes() {
		ByteBuf frame = frame(Workload.named("pipelined-json-64"));
		String json = frame.toString(4, 64, StandardCharsets.UTF_8);
		assertThat(json).startsWith("{\"id\":\"0123456789abcdef\",\"price\":12.5,\"quantity\":17,\"text\":\"x");
		Order order = JsonMapper.shared().readValue(json, Order.class);
		assertThat(JsonMapper.shared().writeValueAsString(order)).isEqualTo(json);
	}

	@ParameterizedTest
	@MethodSource("io.gestalt.benchmarks.workload.Workload#all")
	void acceptsTheReplyWithTheExpectedNumberOnly(Workload workload) {
		FrameTemplate template = new FrameTemplate(workload);
		template.verify(frame(workload), 0, SEQUENCE);
		assertThatIllegalStateException().isThrownBy(() -> template.verify(frame(workload), 0, SEQUENCE + 1))
			.withMessageStartingWith("Reply %d of %d bytes expected", SEQUENCE + 1, workload.size() + 4);
	}

	@ParameterizedTest
	@MethodSource("io.gestalt.benchmarks.workload.Workload#all")
	void refusesAReplyThatWasCutOrDamaged(Workload workload) {
		FrameTemplate template = new FrameTemplate(workload);
		assertThatIllegalStateException()
			.isThrownBy(() -> template.verify(frame(workload).setInt(0, workload.size() - 1), 0, SEQUENCE));
		assertThatIllegalStateException()
			.isThrownBy(() -> template.verify(frame(workload).setByte(workload.size() + 3, 0), 0, SEQUENCE));
	}

	private static ByteBuf frame(Workload workload) {
		ByteBuf frame = Unpooled.buffer();
		new FrameTemplate(workload).write(frame, SEQUENCE);
		return frame;
	}

}
