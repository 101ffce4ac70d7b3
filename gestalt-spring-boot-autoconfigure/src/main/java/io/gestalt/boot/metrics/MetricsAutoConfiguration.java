package io.gestalt.boot.metrics;

import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.endpoint.GestaltEndpoints;
import io.gestalt.boot.uncaught.UncaughtErrors;
import io.gestalt.failed.FailedMessages;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Shows in Micrometer's meters what endpoints count. */
@AutoConfiguration(after = { EndpointAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class })
@ConditionalOnClass({ MeterRegistry.class, CompositeMeterRegistryAutoConfiguration.class })
@ConditionalOnBean({ MeterRegistry.class, GestaltEndpoints.class })
public final class MetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	EndpointMeters gestaltEndpointMeters(GestaltEndpoints endpoints, ObjectProvider<FailedMessages> failed) {
		return new EndpointMeters(endpoints, failed.getIfAvailable());
	}

	@Bean
	@ConditionalOnMissingBean
	LifecycleMeters gestaltLifecycleMeters(GestaltEndpoints endpoints, UncaughtErrors errors) {
		return new LifecycleMeters(endpoints, errors);
	}

}
