package io.gestalt.boot.codec;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.boot.tcp.TcpAutoConfiguration;
import io.gestalt.codec.Codecs;
import io.gestalt.codec.Compressor;
import io.gestalt.codec.Serializer;
import io.gestalt.codec.compressor.GzipCompressor;
import io.gestalt.codec.serializer.TextSerializer;
import io.gestalt.frame.FrameCodec;
import io.gestalt.frame.LengthPrefixedFrameCodec;
import io.gestalt.message.MessageTypes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class CodecAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(CodecAutoConfiguration.class));

	@Test
	void typesComeFromPropertiesAndCustomizers() {
		this.runner.withPropertyValues("gestalt.types.7=java.lang.String", "gestalt.types.0xffffffff=java.lang.Integer")
			.withBean(MessageTypesCustomizer.class, () -> (types) -> types.add(8, Long.class))
			.run((context) -> {
				MessageTypes types = context.getBean(MessageTypes.class);
				assertThat(types.classOf(7)).isEqualTo(String.class);
				assertThat(types.classOf(-1)).isEqualTo(Integer.class);
				assertThat(types.classOf(8)).isEqualTo(Long.class);
			});
	}

	@Test
	void serializersAndCompressorsThatAreBeansWin() {
		Serializer serializer = new TextSerializer();
		Compressor compressor = new GzipCompressor();
		this.runner.withBean(Serializer.class, () -> serializer)
			.withBean(Compressor.class, () -> compressor)
			.run((context) -> {
				Codecs codecs = context.getBean(Codecs.class);
				assertThat(codecs.serializer("text")).isSameAs(serializer);
				assertThat(codecs.compressor("gzip")).isSameAs(compressor);
			});
	}

	@Test
	void theApplicationsJsonMapperIsUsed() {
		this.runner
			.withBean(JsonMapper.class,
					() -> JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build())
			.run((context) -> {
				ByteBuf out = Unpooled.buffer();
				context.getBean(Codecs.class).serializer("json").write(new Named("Ada"), 0, out);
				assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("{\"first_name\":\"Ada\"}");
			});
	}

	@Test
	void jacksonIsNotNeeded() {
		this.runner.withClassLoader(new FilteredClassLoader(JsonMapper.class))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(Codecs.class));
	}

	@Test
	void aRegistryOfTheUserWins() {
		Codecs codecs = Codecs.builder().build();
		this.runner.withBean(Codecs.class, () -> codecs)
			.run((context) -> assertThat(context.getBean(Codecs.class)).isSameAs(codecs));
	}

	@Test
	void aFramingThatIsABeanIsFoundByItsName() {
		this.runner
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, EndpointAutoConfiguration.class,
					LifecycleAutoConfiguration.class, TcpAutoConfiguration.class))
			.withBean("ours", FrameCodec.class,
					() -> new LengthPrefixedFrameCodec(2, ByteOrder.LITTLE_ENDIAN, true, 100))
			.withPropertyValues("gestalt.tcp.server.a.port=0", "gestalt.tcp.server.a.framing.codec=ours")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	record Named(String firstName) {
	}

}
