package io.gestalt.boot.failed.actuate;

import io.gestalt.boot.failed.FailedMessagesAutoConfiguration;
import io.gestalt.failed.FailedMessages;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.ContextClosedEvent;

/** Shows and operates failed messages through Boot's actuator. */
@AutoConfiguration(after = FailedMessagesAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(FailedMessages.class)
@ConditionalOnAvailableEndpoint(FailedMessagesEndpoint.class)
@EnableConfigurationProperties(FailedMessagesEndpointProperties.class)
public final class FailedMessagesEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	FailedMessagesEndpoint gestaltFailedMessagesEndpoint(FailedMessages messages,
			FailedMessagesEndpointProperties properties, ObjectProvider<SanitizingFunction> sanitizingFunctions) {
		return new FailedMessagesEndpoint(messages, new Sanitizer(sanitizingFunctions.orderedStream().toList()),
				properties.showValues().isShown(true), properties.replayTimeout());
	}

	@Bean
	@ConditionalOnBean(FailedMessagesEndpoint.class)
	ApplicationListener<ContextClosedEvent> gestaltReplayWaitEnd(FailedMessagesEndpoint endpoint,
			ApplicationContext context) {
		return (event) -> {
			if (event.getApplicationContext() == context) {
				endpoint.stopWaiting();
			}
		};
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(FailedMessagesEndpoint.class)
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB, endpoint = FailedMessagesEndpoint.class)
	FailedMessagesEndpointWebExtension gestaltFailedMessagesEndpointWebExtension(FailedMessagesEndpoint endpoint,
			FailedMessagesEndpointProperties properties) {
		return new FailedMessagesEndpointWebExtension(endpoint, properties);
	}

}
