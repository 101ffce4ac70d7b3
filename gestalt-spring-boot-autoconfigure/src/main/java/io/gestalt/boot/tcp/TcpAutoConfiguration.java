package io.gestalt.boot.tcp;

import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointBuilder;
import io.gestalt.boot.ssl.BundleTls;
import io.gestalt.transport.TransportResources;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Creates the TCP endpoints under {@code gestalt.tcp}. */
@AutoConfiguration(after = EndpointAutoConfiguration.class)
@EnableConfigurationProperties(TcpProperties.class)
@Import(TcpEndpointRegistrar.class)
public final class TcpAutoConfiguration {

	@Bean
	TcpCustomizers gestaltTcpCustomizers(ObjectProvider<TcpServerCustomizer> servers,
			ObjectProvider<TcpClientCustomizer> clients, ObjectProvider<ConnectionPipelineCustomizer> pipelines) {
		return new TcpCustomizers(servers.orderedStream().toList(), clients.orderedStream().toList(),
				pipelines.orderedStream().toList());
	}

	@Bean(TcpEndpointRegistrar.FACTORY)
	TcpEndpointFactory gestaltTcpEndpointFactory(TcpProperties properties, EndpointBuilder builder, BundleTls tls,
			TcpCustomizers customizers, TransportResources resources) {
		return new TcpEndpointFactory(properties, builder, tls, customizers, resources);
	}

}
