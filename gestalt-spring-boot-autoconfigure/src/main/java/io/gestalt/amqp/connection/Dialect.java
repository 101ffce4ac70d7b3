package io.gestalt.amqp.connection;

import com.rabbitmq.client.Channel;

/** In what brokers differ although all of them speak AMQP 0-9-1. */
public enum Dialect {

	/** As RabbitMQ has it. */
	RABBITMQ,
	/**
	 * As Apache Qpid Broker-J has it: an expiration is a point in time, and a mandatory
	 * message that no queue wants is refused before it is returned.
	 */
	QPID;

	private static final String PRODUCT = "product";

	/** What the broker at the other end of a channel speaks. */
	public static Dialect of(Channel channel) {
		Object product = channel.getConnection().getServerProperties().get(PRODUCT);
		return String.valueOf(product).contains("Qpid") ? QPID : RABBITMQ;
	}

}
