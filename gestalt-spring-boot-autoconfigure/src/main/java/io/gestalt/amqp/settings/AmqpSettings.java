package io.gestalt.amqp.settings;

import java.time.Duration;

import io.gestalt.amqp.content.AmqpCodec;
import io.gestalt.amqp.topology.Topology;
import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.endpoint.EndpointObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all AMQP endpoints need to know.
 *
 * @param name the name that the user gave
 * @param codec values to messages and back
 * @param resources what is shared with the other endpoints
 * @param topology what must be there before the endpoint can work
 * @param sendTimeout how long a message may take until it is sent, and confirmed where
 * that was asked for
 * @param observer is told what happens
 */
public record AmqpSettings(String name, AmqpCodec codec, AmqpResources resources, Topology topology,
		Duration sendTimeout, EndpointObserver observer) {

	private static final Logger logger = LoggerFactory.getLogger(AmqpSettings.class);

	/** Tells the observer, who must not keep an endpoint from its work. */
	public void publish(EndpointEvent event) {
		try {
			this.observer.onEvent(event);
		}
		catch (RuntimeException ex) {
			logger.warn("Endpoint '{}' has an observer that failed on {}", this.name, event, ex);
		}
	}

}
