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
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Starts endpoints with the application and stops them with it. */
@AutoConfiguration(after = EndpointAutoConfiguration.class)
public final class LifecycleAutoConfiguration {

	private static final String GRACE = "gestalt.shutdown.grace-period";

	private static final String PHASE = "spring.lifecycle.timeout-per-shutdown-phase";

	@Bean
	Shutdown gestaltShutdown(ApplicationContext context) {
		return new Shutdown(context);
	}

	@Bean
	EndpointLifecycle gestaltServerLifecycle(GestaltEndpoints endpoints, GestaltProperties properties,
			Environment environment) {
		return new EndpointLifecycle(EndpointRole.SERVER, endpoints, grace(properties, environment), () -> {
		});
	}

	@Bean
	EndpointLifecycle gestaltClientLifecycle(GestaltEndpoints endpoints, GestaltProperties properties,
			Environment environment, Shutdown shutdown) {
		return new EndpointLifecycle(EndpointRole.CLIENT, endpoints, grace(properties, environment), shutdown::done);
	}

	private static Duration grace(GestaltProperties properties, Environment environment) {
		Duration grace = properties.shutdown().gracePeriod();
		Duration phase = Binder.get(environment).bind(PHASE, Duration.class).orElse(Duration.ofSeconds(30));
		if (grace.isNegative() || grace.compareTo(phase) >= 0) {
			throw new InvalidPropertyException(GRACE, grace,
					grace.isNegative() ? "it is negative"
							: "Spring waits for only %d ms, as '%s' says".formatted(phase.toMillis(), PHASE),
					List.of("Set '%s' to less than '%s', such as '20s', or set the latter to more.".formatted(GRACE,
							PHASE)));
		}
		return grace;
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "spring.main.keep-alive", matchIfMissing = true)
	KeepAlive gestaltKeepAlive() {
		return new KeepAlive();
	}

}
