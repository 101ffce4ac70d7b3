package io.gestalt.amqp;

/** Headers of a message that do not travel as such, but say how it is to be sent. */
public final class AmqpHeaders {

	/** The routing key of a message, in place of that of its publisher. */
	public static final String ROUTING_KEY = "amqp_routingKey";

	private AmqpHeaders() {
	}

}
