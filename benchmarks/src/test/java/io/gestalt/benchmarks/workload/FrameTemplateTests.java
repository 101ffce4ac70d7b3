package io.gestalt.benchmarks.workload;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
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
		FrameTemplate template = new FrameTemplate(workload, Wire.LENGTH_PREFIXED);
		template.verify(frame(workload), 0, SEQUENCE);
		assertThatIllegalStateException().isThrownBy(() -> template.verify(frame(workload), 0, SEQUENCE + 1))
			.withMessageStartingWith("Reply %d of %d bytes expected", SEQUENCE + 1, workload.size() + 4);
	}

	@ParameterizedTest
	@MethodSource("io.gestalt.benchmarks.workload.Workload#all")
	void refusesAReplyThatWasCutOrDamaged(Workload workload) {
		FrameTemplate template = new FrameTemplate(workload, Wire.LENGTH_PREFIXED);
		assertThatIllegalStateException()
			.isThrownBy(() -> template.verify(frame(workload).setInt(0, workload.size() - 1), 0, SEQUENCE));
		assertThatIllegalStateException()
			.isThrownBy(() -> template.verify(frame(workload).setByte(workload.size() + 3, 0), 0, SEQUENCE));
	}

	@Test
	void speaksRSocket() {
		FrameTemplate template = new FrameTemplate(Workload.named("pipelined-bytes-64"), Wire.RSOCKET);
		assertThat(ByteBufUtil.hexDump(template.opening())).startsWith("000053" + "00000000" + "0400" + "00010000")
			.endsWith("18" + ByteBufUtil.hexDump("application/octet-stream".getBytes(StandardCharsets.US_ASCII)));
		ByteBuf request = Unpooled.buffer();
		template.write(request, 2);
		assertThat(ByteBufUtil.hexDump(request)).startsWith(
				"000057" + "00000005" + "1100" + "00000e" + "fe00000a" + "0962656e63686d61726b" + "0000000000000002");
		String reply = "000046" + "00000005" + "2860" + ByteBufUtil.hexDump(request, request.readableBytes() - 64, 64);
		template.verify(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(reply)), 0, 2);
		assertThatIllegalStateException()
			.isThrownBy(() -> template
				.verify(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(reply.replace("00000005", "00000007"))), 0, 2))
			.withMessageStartingWith("Reply 2 of 73 bytes expected");
	}

	private static ByteBuf frame(Workload workload) {
		ByteBuf frame = Unpooled.buffer();
		new FrameTemplate(workload, Wire.LENGTH_PREFIXED).write(frame, SEQUENCE);
		return frame;
	}

}
