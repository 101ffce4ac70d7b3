package io.gestalt.boot.test.amqp.broker;

import com.rabbitmq.client.AMQP;

/**
 * A message as it waits in a queue.
 *
 * @param key tells it from all others, also when it is delivered again
 * @param exchange where it was published
 * @param routingKey under which key
 * @param properties its properties, as they come out of the wire
 * @param body its body, of its own
 * @param redelivered whether it was delivered before
 */
@SuppressWarnings("ArrayRecordComponent")
record StoredMessage(Object key, String exchange, String routingKey, AMQP.BasicProperties properties, byte[] body,
		boolean redelivered) {

	static StoredMessage of(String exchange, String routingKey, AMQP.BasicProperties properties, byte[] body) {
		return new StoredMessage(new Object(), exchange, routingKey, properties, body, false);
	}

	/** The same, to be delivered again. */
	StoredMessage again() {
		return new StoredMessage(this.key, this.exchange, this.routingKey, this.properties, this.body.clone(), true);
	}

	/** Another one like it, for another queue. */
	StoredMessage copy() {
		return of(this.exchange, this.routingKey, this.properties, this.body.clone());
	}

}
