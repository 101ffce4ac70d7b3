package io.gestalt.amqp;

import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.EndpointException;
import io.gestalt.message.SendException;
import org.jspecify.annotations.Nullable;

/** An endpoint that sends through RabbitMQ, and whose one peer is the broker. */
public interface SendingEndpoint extends AmqpEndpoint {

	@Override
	default void listen(Listener listener) {
		throw new EndpointException(name(),
				"Endpoint '%s' sends only, so nothing arrives that a listener could handle".formatted(name()));
	}

	@Override
	default int sendToAll(@Nullable Object payload) {
		try {
			send(payload);
			return 1;
		}
		catch (SendException ex) {
			// counted where it was refused
			return 0;
		}
	}

}
