package io.gestalt.boot.udp;

import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointBuilder;
import io.gestalt.boot.ssl.PlaintextPolicy;
import io.gestalt.transport.TransportResources;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Creates the UDP endpoints under {@code gestalt.udp}. */
@AutoConfiguration(after = EndpointAutoConfiguration.class)
@EnableConfigurationProperties(UdpProperties.class)
@Import(UdpEndpointRegistrar.class)
public final class UdpAutoConfiguration {

	@Bean(UdpEndpointRegistrar.FACTORY)
	UdpEndpointFactory gestaltUdpEndpointFactory(UdpProperties properties, EndpointBuilder builder,
			PlaintextPolicy plaintext, TransportResources resources) {
		return new UdpEndpointFactory(properties, builder, plaintext, resources);
	}

}
