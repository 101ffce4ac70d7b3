package io.gestalt.boot.codec;

import io.gestalt.boot.properties.GestaltProperties;
import io.gestalt.codec.Codecs;
import io.gestalt.codec.Compressor;
import io.gestalt.codec.Serializer;
import io.gestalt.message.MessageTypes;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ResourceLoader;

/** Collects message types, serializers and compressors for all endpoints. */
@AutoConfiguration(afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@EnableConfigurationProperties(GestaltProperties.class)
public final class CodecAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	MessageTypes gestaltMessageTypes(GestaltProperties properties, ObjectProvider<MessageTypesCustomizer> customizers,
			ResourceLoader resources) {
		MessageTypes.Builder types = MessageTypes.builder();
		ConfiguredTypes.read(properties.types(), resources.getClassLoader(), types::add);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(types));
		return types.build();
	}

	@Bean
	@ConditionalOnMissingBean
	Codecs gestaltCodecs(MessageTypes types, ObjectProvider<Serializer> serializers,
			ObjectProvider<Compressor> compressors, ObjectProvider<CodecsCustomizer> customizers) {
		Codecs.Builder codecs = Codecs.builder().types(types);
		serializers.orderedStream().forEach(codecs::serializer);
		compressors.orderedStream().forEach(codecs::compressor);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(codecs));
		return codecs.build();
	}

	@Bean
	EndpointCodecs gestaltEndpointCodecs(Codecs codecs, ListableBeanFactory beanFactory) {
		return new EndpointCodecs(codecs, beanFactory);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JsonMapper.class)
	static class JacksonCodecConfiguration {

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		CodecsCustomizer gestaltJsonMapperCustomizer(ObjectProvider<JsonMapper> mappers) {
			return (codecs) -> mappers.ifUnique(codecs::jsonMapper);
		}

	}

}
