package io.gestalt.boot.observation;

import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.endpoint.GestaltEndpoints;
import io.gestalt.observation.MessageObserver;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Observes messages where there is an {@link ObservationRegistry}, and somebody who
 * traces them or asks for it.
 */
@AutoConfiguration(after = { EndpointAutoConfiguration.class, ObservationAutoConfiguration.class },
		afterName = "org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration")
@ConditionalOnClass({ ObservationRegistry.class, ObservationAutoConfiguration.class })
@ConditionalOnBean({ ObservationRegistry.class, GestaltEndpoints.class })
@Conditional(OnObservationWanted.class)
public final class MessageObservationAutoConfiguration {

	@Bean
	ObservingCustomizer gestaltObservingCustomizer(ObservationRegistry registry,
			ObjectProvider<ReceiveConvention> convention) {
		return new ObservingCustomizer(registry, convention);
	}

	@Bean
	@ConditionalOnMissingBean
	MessageObserver gestaltMessageObserver(ObservationRegistry registry, ObjectProvider<SendConvention> sends,
			ObjectProvider<RequestConvention> requests) {
		return new OutgoingObserver(registry, sends, requests);
	}

}
