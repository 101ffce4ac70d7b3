package io.gestalt.boot.lifecycle;

import java.time.Duration;
import java.util.List;

import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointRole;
import io.gestalt.boot.endpoint.GestaltEndpoints;
import io.gestalt.boot.properties.GestaltProperties;
import io.gestalt.boot.support.InvalidPropertyException;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;

/** Starts endpoints with the application and stops them with it. */
@AutoConfiguration(after = EndpointAutoConfiguration.class)
public final class LifecycleAutoConfiguration {

	@Bean
	EndpointLifecycle gestaltServerLifecycle(GestaltEndpoints endpoints, GestaltProperties properties) {
		return new EndpointLifecycle(EndpointRole.SERVER, endpoints, grace(properties));
	}

	@Bean
	EndpointLifecycle gestaltClientLifecycle(GestaltEndpoints endpoints, GestaltProperties properties) {
		return new EndpointLifecycle(EndpointRole.CLIENT, endpoints, grace(properties));
	}

	private static Duration grace(GestaltProperties properties) {
		Duration grace = properties.shutdown().gracePeriod();
		if (grace.isNegative()) {
			throw new InvalidPropertyException("gestalt.shutdown.grace-period", grace, "it is negative",
					List.of("Set a time such as '20s', or '0s' to wait for nothing."));
		}
		return grace;
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "spring.main.keep-alive", matchIfMissing = true)
	KeepAlive gestaltKeepAlive() {
		return new KeepAlive();
	}

}
