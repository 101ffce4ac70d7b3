package io.gestalt.amqp.settings;

/**
 * How a publisher publishes.
 *
 * @param exchange name of the exchange, empty for the default one
 * @param routingKey routing key of messages that name none themselves
 * @param delivery whether the broker confirms
 * @param mandatory whether a message that no queue wants comes back
 * @param window how many messages may be unconfirmed, or wait, at the same time
 * @param onFull what happens to a message that finds the window full
 */
public record PublisherOptions(String exchange, String routingKey, Delivery delivery, boolean mandatory, int window,
		io.gestalt.transport.queue.OnFull onFull) {

	/** What a publisher promises. */
	public enum Delivery {

		/** A message is written to a socket, and may be lost from there. */
		AT_MOST_ONCE,
		/** A message counts as sent when the broker has confirmed it. */
		AT_LEAST_ONCE

	}

}
