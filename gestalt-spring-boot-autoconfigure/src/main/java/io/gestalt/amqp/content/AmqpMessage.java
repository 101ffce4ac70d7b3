package io.gestalt.amqp.content;

import com.rabbitmq.client.AMQP;

/**
 * A message on its way to the broker.
 *
 * @param exchange name of the exchange
 * @param routingKey its routing key
 * @param mandatory whether it comes back if no queue wants it
 * @param properties its properties
 * @param body its bytes
 */
@SuppressWarnings("ArrayRecordComponent")
public record AmqpMessage(String exchange, String routingKey, boolean mandatory, AMQP.BasicProperties properties,
		byte[] body) {
}
