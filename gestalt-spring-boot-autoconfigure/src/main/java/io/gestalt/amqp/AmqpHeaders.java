package io.gestalt.amqp;

import java.util.Map;

import io.gestalt.amqp.content.AmqpContent;
import io.gestalt.message.Message;
import io.gestalt.message.MessageTypes;

/** Headers of a message that do not travel as such, but say how it is to be sent. */
public final class AmqpHeaders {

	/** The routing key of a message, in place of that of its publisher. */
	public static final String ROUTING_KEY = AmqpContent.ROUTING_KEY;

	private AmqpHeaders() {
	}

	/**
	 * A message under a routing key of its own.
	 * @param routingKey its routing key
	 * @param payload the value
	 * @param <T> type of the payload
	 */
	public static <T> Message<T> routed(String routingKey, T payload) {
		return new Message<>(payload, MessageTypes.NONE, Map.of(ROUTING_KEY, routingKey));
	}

}
