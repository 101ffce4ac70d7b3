package io.gestalt.boot.endpoint;

import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.codec.EndpointCodecs;
import io.gestalt.boot.properties.GestaltProperties;
import io.gestalt.boot.ssl.BundleTls;
import io.gestalt.boot.ssl.PlaintextPolicy;
import io.gestalt.boot.support.EmptyEntryBindHandler;
import io.gestalt.boot.transport.TransportConfiguration;
import io.gestalt.boot.uncaught.UncaughtConfiguration;
import io.gestalt.boot.unknown.UnknownPropertyCheck;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointObserver;
import io.gestalt.observation.MessageObserver;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** Furnishes what endpoints of all transports need. */
@AutoConfiguration(
		after = { CodecAutoConfiguration.class, SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class })
@Import({ UncaughtConfiguration.class, TransportConfiguration.class })
public final class EndpointAutoConfiguration {

	@Bean
	static ConfigurationPropertiesBindHandlerAdvisor gestaltEmptyEntryAdvisor() {
		return EmptyEntryBindHandler::new;
	}

	@Bean
	static UnknownPropertyCheck gestaltUnknownPropertyCheck(Environment environment) {
		return new UnknownPropertyCheck(environment);
	}

	@Bean
	EndpointDescriptions gestaltEndpointDescriptions() {
		return new EndpointDescriptions();
	}

	@Bean
	EndpointLog gestaltEndpointLog(EndpointDescriptions descriptions) {
		return new EndpointLog(descriptions);
	}

	@Bean
	ConnectionLog gestaltConnectionLog() {
		return new ConnectionLog();
	}

	/**
	 * Makes an application event of each {@link io.gestalt.endpoint.EndpointEvent}. Those
	 * of peers come from the thread that reads their network, which listeners must not
	 * block, unless they are asynchronous.
	 */
	@Bean
	EndpointObserver gestaltEndpointEventPublisher(ApplicationEventPublisher publisher) {
		return publisher::publishEvent;
	}

	@Bean
	EndpointBuilder gestaltEndpointBuilder(GestaltProperties properties, EndpointCodecs codecs,
			ObjectProvider<EndpointObserver> observers, ObjectProvider<MessageObserver> messages,
			EndpointDescriptions descriptions) {
		return new EndpointBuilder(properties.defaults(), codecs, new EndpointObservers(observers, messages),
				descriptions);
	}

	@Bean
	@ConditionalOnMissingBean
	BundleTls gestaltBundleTls(SslBundles bundles, PlaintextPolicy plaintext) {
		return new BundleTls(bundles, plaintext);
	}

	@Bean
	PlaintextPolicy gestaltPlaintextPolicy(GestaltProperties properties) {
		return new PlaintextPolicy(properties.security().forbidPlaintext());
	}

	@Bean
	@ConditionalOnMissingBean
	GestaltEndpoints gestaltEndpoints(ObjectProvider<Endpoint> endpoints, EndpointDescriptions descriptions,
			GestaltProperties properties) {
		return new GestaltEndpoints(endpoints, descriptions, properties.listener());
	}

}
