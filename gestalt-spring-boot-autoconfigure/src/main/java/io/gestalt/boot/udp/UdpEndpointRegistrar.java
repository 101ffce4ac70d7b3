package io.gestalt.boot.udp;

import java.util.List;
import java.util.Map;

import io.gestalt.boot.endpoint.EndpointDefinitions;
import io.gestalt.boot.endpoint.EndpointKind;
import io.gestalt.boot.support.InvalidPropertyException;
import io.gestalt.endpoint.udp.UdpEndpoint;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** Registers a bean for each UDP endpoint that is configured. */
final class UdpEndpointRegistrar implements ImportBeanDefinitionRegistrar {

	static final String FACTORY = "gestaltUdpEndpointFactory";

	private final Environment environment;

	UdpEndpointRegistrar(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		EndpointDefinitions definitions = new EndpointDefinitions(registry, this.environment);
		register(definitions, new EndpointKind(UdpEndpointFactory.SERVERS, UdpServerProperties.class, UdpEndpoint.class,
				FACTORY, "server"));
		register(definitions, new EndpointKind(UdpEndpointFactory.CLIENTS, UdpClientProperties.class, UdpEndpoint.class,
				FACTORY, "client"));
	}

	private void register(EndpointDefinitions definitions, EndpointKind kind) {
		definitions.register(kind).forEach((name) -> rejectTls(kind.prefix() + "." + name + ".ssl"));
	}

	private void rejectTls(String property) {
		Map<String, String> ssl = Binder.get(this.environment)
			.bind(property, Bindable.mapOf(String.class, String.class))
			.orElse(Map.of());
		if (!ssl.isEmpty()) {
			throw new InvalidPropertyException(property, ssl, "there is no TLS for datagrams",
					List.of("Remove it, or use a TCP endpoint, which has TLS."));
		}
	}

}
