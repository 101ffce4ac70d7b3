package io.gestalt.boot.lifecycle;

import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointRole;
import io.gestalt.boot.endpoint.GestaltEndpoints;
import io.gestalt.boot.properties.GestaltProperties;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Starts endpoints with the application and stops them with it. */
@AutoConfiguration(after = EndpointAutoConfiguration.class)
public final class LifecycleAutoConfiguration {

	@Bean
	Shutdown gestaltShutdown(ApplicationContext context) {
		return new Shutdown(context);
	}

	@Bean
	EndpointLifecycle gestaltServerLifecycle(GestaltEndpoints endpoints, GestaltProperties properties,
			Environment environment, Shutdown shutdown) {
		return new EndpointLifecycle(EndpointRole.SERVER, endpoints, GracePeriod.of(properties.shutdown(), environment),
				shutdown);
	}

	@Bean
	EndpointLifecycle gestaltClientLifecycle(GestaltEndpoints endpoints, GestaltProperties properties,
			Environment environment, Shutdown shutdown) {
		return new EndpointLifecycle(EndpointRole.CLIENT, endpoints, GracePeriod.of(properties.shutdown(), environment),
				shutdown);
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "spring.main.keep-alive", matchIfMissing = true)
	KeepAlive gestaltKeepAlive() {
		return new KeepAlive();
	}

}
