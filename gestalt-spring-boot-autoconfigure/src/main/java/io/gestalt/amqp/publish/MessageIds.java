package io.gestalt.amqp.publish;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import com.rabbitmq.client.AMQP;
import io.gestalt.amqp.content.AmqpMessage;

/** Names messages that may come back, so that each is known when it does. */
final class MessageIds {

	private final String prefix = UUID.randomUUID().toString().substring(0, 13) + "-";

	private final AtomicLong last = new AtomicLong();

	/** A message with an identifier: its own, or else one that no other has. */
	AmqpMessage identified(AmqpMessage message) {
		if (message.properties().getMessageId() != null) {
			return message;
		}
		AMQP.BasicProperties properties = message.properties()
			.builder()
			.messageId(this.prefix + this.last.incrementAndGet())
			.build();
		return new AmqpMessage(message.exchange(), message.routingKey(), message.mandatory(), properties,
				message.body());
	}

	static Publication.Mark markOf(AmqpMessage identified) {
		return new Publication.Mark(identified.properties().getMessageId(), identified.exchange(),
				identified.routingKey());
	}

}
