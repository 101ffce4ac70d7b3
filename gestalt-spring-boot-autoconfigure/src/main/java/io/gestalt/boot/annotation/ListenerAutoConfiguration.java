package io.gestalt.boot.annotation;

import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.endpoint.GestaltEndpoints;
import io.gestalt.boot.properties.ListenerProperties;
import io.gestalt.endpoint.Endpoint;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Gives the endpoints the methods that are marked as their listeners. */
@AutoConfiguration(after = EndpointAutoConfiguration.class)
public final class ListenerAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	static GestaltListeners gestaltListeners() {
		return new GestaltListeners();
	}

	@Bean
	@ConditionalOnMissingBean
	EndpointLookup gestaltEndpointLookup(GestaltEndpoints endpoints) {
		return new ConfiguredEndpoints(endpoints);
	}

	private record ConfiguredEndpoints(GestaltEndpoints endpoints) implements EndpointLookup {

		@Override
		public Endpoint get(String name) {
			return this.endpoints.get(name);
		}

		@Override
		public ListenerOptions options(String id) {
			ListenerProperties properties = this.endpoints.listenerProperties(id);
			return new ListenerOptions(properties.concurrency(), properties.execution(), properties.ordering());
		}

	}

}
