package io.gestalt.amqp.settings;

import java.time.Duration;
import java.util.Map;

import io.gestalt.amqp.content.AmqpCodec;
import io.gestalt.amqp.topology.Topology;
import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.endpoint.EndpointObserver;
import io.gestalt.endpoint.FailureLog;
import io.gestalt.failed.FailureDesk;
import io.gestalt.observation.MessageObservation;
import io.gestalt.observation.MessageObserver.Kind;
import org.jspecify.annotations.Nullable;
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

	private static final FailureLog uncaught = new FailureLog();

	/** A message is about to leave, with headers to which something may be added. */
	public MessageObservation observe(Kind kind, @Nullable Object payload, Map<String, @Nullable Object> headers) {
		return this.observer.messages().begin(kind, this.name, payload, headers);
	}

	/** Something went wrong that nobody handles. */
	public void uncaught(Throwable error) {
		uncaught.error("Endpoint '{}' met an error that nobody handles", this.name, error);
		publish(new EndpointEvent.Uncaught(this.name, error));
	}

	/** Where messages are handed in that cannot be decoded or handled. */
	public FailureDesk failures() {
		return new FailureDesk(this.name, () -> this.observer.failures());
	}

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
