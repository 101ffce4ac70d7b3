package io.gestalt.amqp;

import com.rabbitmq.client.Channel;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/**
 * The application's connections to RabbitMQ: one for what is consumed, and one for what
 * is published, so that a broker that stops reading publishers does not silence
 * consumers.
 */
public final class AmqpConnections {

	private final ConnectionFactory consuming;

	private final ConnectionFactory publishing;

	/**
	 * Shares the connections of a factory.
	 * @param factory Spring's connection factory
	 */
	public AmqpConnections(ConnectionFactory factory) {
		this.consuming = factory;
		ConnectionFactory publisher = factory.getPublisherConnectionFactory();
		this.publishing = (publisher != null) ? publisher : factory;
	}

	/** For what consumes, such as a listener container. */
	public ConnectionFactory consuming() {
		return this.consuming;
	}

	/** For what publishes. */
	public ConnectionFactory publishing() {
		return this.publishing;
	}

	/**
	 * Opens a channel of its own, that no cache knows, on a connection which is opened if
	 * need be.
	 * @throws org.springframework.amqp.AmqpException if the broker cannot be reached
	 */
	static Channel open(ConnectionFactory factory) throws java.io.IOException {
		Connection connection = factory.createConnection();
		return connection.getDelegate().createChannel();
	}

}
