package io.gestalt.boot.health;

import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.endpoint.GestaltEndpoints;
import io.gestalt.boot.timer.ConfiguredTimers;
import io.gestalt.boot.timer.TimerAutoConfiguration;
import io.gestalt.timer.Timers;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Shows in Boot's health whether endpoints and timers do their work. */
@AutoConfiguration(after = { EndpointAutoConfiguration.class, TimerAutoConfiguration.class,
		AvailabilityProbesAutoConfiguration.class })
@ConditionalOnClass({ HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(GestaltEndpoints.class)
@ConditionalOnEnabledHealthIndicator(HealthAutoConfiguration.CONTRIBUTOR)
@Import(ReadinessConfiguration.class)
public final class HealthAutoConfiguration {

	static final String CONTRIBUTOR = "gestalt";

	@Bean
	@ConditionalOnMissingBean(name = { "gestaltHealthContributor", "gestaltHealthIndicator" })
	HealthContributor gestaltHealthContributor(GestaltEndpoints endpoints, ObjectProvider<Timers> timers,
			ObjectProvider<ConfiguredTimers> configured) {
		return new GestaltHealthContributor(endpoints, timers, configured);
	}

}
