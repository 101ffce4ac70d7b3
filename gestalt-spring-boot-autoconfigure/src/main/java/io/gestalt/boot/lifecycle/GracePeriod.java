package io.gestalt.boot.lifecycle;

import java.time.Duration;
import java.util.List;

import io.gestalt.boot.properties.ShutdownProperties;
import io.gestalt.boot.support.InvalidPropertyException;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** How long what was accepted may take when the application stops. */
public final class GracePeriod {

	private static final String PROPERTY = "gestalt.shutdown.grace-period";

	private static final String PHASE = "spring.lifecycle.timeout-per-shutdown-phase";

	private GracePeriod() {
	}

	/**
	 * What the properties say.
	 * @throws InvalidPropertyException if Spring does not wait for so long
	 */
	public static Duration of(ShutdownProperties properties, Environment environment) {
		Duration grace = properties.gracePeriod();
		Duration phase = Binder.get(environment).bind(PHASE, Duration.class).orElse(Duration.ofSeconds(30));
		if (grace.isNegative() || grace.compareTo(phase) >= 0) {
			throw new InvalidPropertyException(PROPERTY, grace,
					grace.isNegative() ? "it is negative"
							: "Spring waits for only %d ms, as '%s' says".formatted(phase.toMillis(), PHASE),
					List.of("Set '%s' to less than '%s', such as '20s', or set the latter to more.".formatted(PROPERTY,
							PHASE)));
		}
		return grace;
	}

}
