package io.gestalt.boot.actuate;

import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.endpoint.GestaltEndpoints;
import io.gestalt.boot.lifecycle.EndpointLifecycle;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;

import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Shows and operates endpoints through Boot's actuator. */
@AutoConfiguration(after = { EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class })
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(GestaltEndpoints.class)
@ConditionalOnAvailableEndpoint(GestaltEndpoint.class)
@EnableConfigurationProperties(GestaltEndpointProperties.class)
public final class ActuatorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@RegisterReflectionForBinding(EndpointNode.class)
	GestaltEndpoint gestaltEndpoint(GestaltEndpoints endpoints, ObjectProvider<EndpointLifecycle> lifecycles,
			GestaltEndpointProperties properties, ObjectProvider<SanitizingFunction> sanitizingFunctions,
			ObjectProvider<OperableNodes> others) {
		Sanitizer sanitizer = new Sanitizer(sanitizingFunctions.orderedStream().toList());
		EndpointOperations operations = new EndpointOperations(endpoints, lifecycles.stream().toList(),
				new WireLogs(properties.wireLog(), sanitizer));
		return new GestaltEndpoint(new GraphReader(endpoints, properties.maxPeers()), operations,
				others.orderedStream().toList(), sanitizer, properties.showValues().isShown(true));
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(GestaltEndpoint.class)
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB, endpoint = GestaltEndpoint.class)
	GestaltEndpointWebExtension gestaltEndpointWebExtension(GestaltEndpoint endpoint,
			GestaltEndpointProperties properties) {
		return new GestaltEndpointWebExtension(endpoint, properties);
	}

}
