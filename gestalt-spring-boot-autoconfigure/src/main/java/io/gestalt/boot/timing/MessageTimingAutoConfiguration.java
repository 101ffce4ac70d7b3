package io.gestalt.boot.timing;

import io.gestalt.boot.annotation.call.HandlerCustomizer;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.endpoint.GestaltEndpoints;
import io.gestalt.boot.observation.MessageObservationAutoConfiguration;
import io.gestalt.observation.MessageObserver;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Times messages where there is a {@link MeterRegistry} and nothing observes them. */
@AutoConfiguration(after = { EndpointAutoConfiguration.class, MessageObservationAutoConfiguration.class,
		CompositeMeterRegistryAutoConfiguration.class })
@ConditionalOnClass({ MeterRegistry.class, KeyValues.class, CompositeMeterRegistryAutoConfiguration.class })
@ConditionalOnBean({ MeterRegistry.class, GestaltEndpoints.class })
@ConditionalOnMissingBean(name = "gestaltObservingCustomizer")
@ConditionalOnBooleanProperty(name = "gestalt.observation.enabled", matchIfMissing = true)
public final class MessageTimingAutoConfiguration {

	@Bean(destroyMethod = "close")
	MessageTimers gestaltMessageTimers(MeterRegistry registry) {
		return new MessageTimers(registry);
	}

	@Bean
	HandlerCustomizer gestaltTimingCustomizer(MessageTimers timers) {
		return new TimingCustomizer(timers);
	}

	@Bean
	@ConditionalOnMissingBean
	MessageObserver gestaltTimingObserver(MessageTimers timers) {
		return new TimingObserver(timers);
	}

}
