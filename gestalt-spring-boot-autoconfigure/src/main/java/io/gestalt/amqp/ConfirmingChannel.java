package io.gestalt.amqp;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import com.rabbitmq.client.AMQP;

/**
 * Publishes with confirms (RabbitMQ's extension {@code confirm.select}) over a channel
 * that is kept open. No more than a window of messages is unconfirmed at the same time.
 */
@SuppressWarnings("DoNotCallSuggester")
final class ConfirmingChannel {

	private final AmqpResources resources;

	private final int window;

	ConfirmingChannel(AmqpResources resources, int window) {
		this.resources = resources;
		this.window = window;
	}

	void start() {
		throw new UnsupportedOperationException(this.resources + " " + this.window);
	}

	/**
	 * Publishes a message.
	 * @param exchange name of the exchange
	 * @param routingKey its routing key
	 * @param mandatory whether it comes back if no queue wants it
	 * @param properties its properties
	 * @param body its bytes
	 * @return completes when the broker has confirmed it; fails when it was refused,
	 * returned, not confirmed in time, or its connection was lost
	 */
	CompletableFuture<Void> publish(String exchange, String routingKey, boolean mandatory,
			AMQP.BasicProperties properties, byte[] body) {
		throw new UnsupportedOperationException();
	}

	/** Waits for what is unconfirmed, then closes the channel. */
	void stop(Duration grace) {
		throw new UnsupportedOperationException();
	}

}
