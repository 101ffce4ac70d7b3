package io.gestalt.boot.timer.actuate;

import io.gestalt.boot.actuate.ActuatorAutoConfiguration;
import io.gestalt.boot.actuate.GestaltEndpoint;
import io.gestalt.boot.timer.ConfiguredTimers;
import io.gestalt.boot.timer.TimerAutoConfiguration;
import io.gestalt.timer.Timers;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Shows and operates timers beside endpoints through Boot's actuator. */
@AutoConfiguration(after = TimerAutoConfiguration.class, before = ActuatorAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(Timers.class)
@ConditionalOnAvailableEndpoint(GestaltEndpoint.class)
public final class TimerActuatorAutoConfiguration {

	@Bean
	TimerNodes gestaltTimerNodes(Timers timers, ConfiguredTimers configured) {
		return new TimerNodes(timers, configured);
	}

}
