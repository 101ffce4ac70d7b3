package io.gestalt.boot.tcp;

import io.gestalt.boot.endpoint.EndpointDefinitions;
import io.gestalt.boot.endpoint.EndpointKind;
import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** Registers a bean for each TCP endpoint that is configured. */
final class TcpEndpointRegistrar implements ImportBeanDefinitionRegistrar {

	static final String FACTORY = "gestaltTcpEndpointFactory";

	private final Environment environment;

	TcpEndpointRegistrar(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		EndpointDefinitions definitions = new EndpointDefinitions(registry, this.environment);
		definitions.register(new EndpointKind(TcpEndpointFactory.SERVERS, TcpServerProperties.class,
				TcpServerEndpoint.class, FACTORY, "server"));
		definitions.register(new EndpointKind(TcpEndpointFactory.CLIENTS, TcpClientProperties.class,
				TcpClientEndpoint.class, FACTORY, "client"));
	}

}
