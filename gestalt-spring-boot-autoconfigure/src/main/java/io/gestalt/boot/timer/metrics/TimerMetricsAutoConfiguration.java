package io.gestalt.boot.timer.metrics;

import io.gestalt.boot.timer.ConfiguredTimers;
import io.gestalt.boot.timer.TimerAutoConfiguration;
import io.gestalt.timer.Timers;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Shows in Micrometer's meters what timers do. */
@AutoConfiguration(after = { TimerAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class })
@ConditionalOnClass({ MeterRegistry.class, CompositeMeterRegistryAutoConfiguration.class })
@ConditionalOnBean({ MeterRegistry.class, Timers.class })
public final class TimerMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TimerMeters gestaltTimerMeters(MeterRegistry registry, ObjectProvider<ConfiguredTimers> configured) {
		return new TimerMeters(registry, configured);
	}

}
