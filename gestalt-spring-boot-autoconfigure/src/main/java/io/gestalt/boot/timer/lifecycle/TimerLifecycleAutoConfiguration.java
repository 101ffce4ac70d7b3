package io.gestalt.boot.timer.lifecycle;

import io.gestalt.boot.lifecycle.GracePeriod;
import io.gestalt.boot.lifecycle.KeepAlive;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.boot.properties.GestaltProperties;
import io.gestalt.boot.timer.ConfiguredTimers;
import io.gestalt.boot.timer.TimerAutoConfiguration;
import io.gestalt.timer.Timers;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Starts timers with the application and stops them with it. */
@AutoConfiguration(after = { TimerAutoConfiguration.class, LifecycleAutoConfiguration.class })
@ConditionalOnBean(ConfiguredTimers.class)
public final class TimerLifecycleAutoConfiguration {

	@Bean
	TimerLifecycle gestaltTimerLifecycle(Timers timers, ConfiguredTimers configured, GestaltProperties properties,
			Environment environment) {
		return new TimerLifecycle(timers, configured, GracePeriod.of(properties.shutdown(), environment));
	}

	@Bean
	TimerLog gestaltTimerLog(ConfiguredTimers configured) {
		return new TimerLog(configured);
	}

	@Bean
	@ConditionalOnBean(KeepAlive.class)
	TimerKeepAlive gestaltTimerKeepAlive(KeepAlive keepAlive) {
		return new TimerKeepAlive(keepAlive);
	}

}
