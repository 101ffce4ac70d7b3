package io.gestalt.boot.timer.metrics;

import io.gestalt.boot.timer.ConfiguredTimers;
import io.gestalt.boot.timer.TimerAutoConfiguration;
import io.gestalt.timer.Timers;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Observes the runs of timers where there is an {@link ObservationRegistry}. */
@AutoConfiguration(after = { TimerAutoConfiguration.class, ObservationAutoConfiguration.class })
@ConditionalOnClass({ ObservationRegistry.class, ObservationAutoConfiguration.class })
@ConditionalOnBean({ ObservationRegistry.class, Timers.class })
@ConditionalOnBooleanProperty(name = "gestalt.observation.enabled", matchIfMissing = true)
public final class TimerObservationAutoConfiguration {

	/** After the others, so that what they log of the end of a run is in its trace. */
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	TimerRunObserver gestaltTimerRunObserver(ObservationRegistry registry,
			ObjectProvider<TimerRunConvention> convention, ObjectProvider<ConfiguredTimers> configured) {
		return new TimerRunObserver(registry, convention, configured);
	}

}
