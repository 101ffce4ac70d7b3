package io.gestalt.boot.test.amqp;

import java.lang.reflect.InvocationHandler;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Envelope;
import io.gestalt.boot.test.amqp.broker.Calls;
import io.gestalt.boot.test.record.Reception;
import io.gestalt.boot.test.record.SettlementSource;
import org.jspecify.annotations.Nullable;

import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/**
 * Sees how messages are settled, by the channels of the application, on any broker. A
 * message is known by the array that holds its body, from its delivery to its handler.
 */
public final class AmqpRecorder implements SettlementSource {

	private static final int KEPT = 10_000;

	private final Deque<Delivery> deliveries = new ConcurrentLinkedDeque<>();

	private final Deque<Encoded> encoded = new ConcurrentLinkedDeque<>();

	/** The connections of a factory, which this looks at. */
	public ConnectionFactory watch(ConnectionFactory factory) {
		return Calls.implement(ConnectionFactory.class, new WatchedConnections(factory, this), forward(factory));
	}

	@Override
	public boolean follow(Reception reception, Iterable<byte[]> raw) {
		boolean found = false;
		for (byte[] body : raw) {
			for (Delivery delivery : this.deliveries) {
				if (delivery.isOf(body)) {
					delivery.add(reception);
					found = true;
				}
			}
		}
		return found;
	}

	Delivery delivered(AMQP.BasicProperties properties, byte[] body) {
		Delivery delivery = new Delivery(properties, body);
		this.deliveries.addFirst(delivery);
		if (this.deliveries.size() > KEPT) {
			this.deliveries.pollLast();
		}
		return delivery;
	}

	/** An endpoint has encoded something that it is about to publish. */
	void encoded(AmqpPeer peer, byte[] body) {
		this.encoded.addFirst(new Encoded(peer, body));
		if (this.encoded.size() > KEPT) {
			this.encoded.pollLast();
		}
	}

	void published(String exchange, String routingKey, AMQP.BasicProperties properties, byte[] body) {
		this.deliveries.forEach((delivery) -> delivery.published(routingKey, properties, body));
		for (Encoded each : this.encoded) {
			if (each.body() == body) {
				each.peer().published(new Envelope(0, false, exchange, routingKey), properties, body);
				return;
			}
		}
	}

	static InvocationHandler forward(Object target) {
		return (proxy, method, arguments) -> Calls.invoke(method, target, arguments);
	}

	@SuppressWarnings("ArrayRecordComponent")
	private record Encoded(AmqpPeer peer, byte[] body) {
	}

	/**
	 * The methods of a connection factory that make a difference.
	 *
	 * @param factory the factory itself
	 * @param recorder sees what happens
	 */
	@SuppressWarnings("unused") // called by the names of the interface
	private record WatchedConnections(ConnectionFactory factory, AmqpRecorder recorder) {

		@Nullable ConnectionFactory getPublisherConnectionFactory() {
			ConnectionFactory publisher = this.factory.getPublisherConnectionFactory();
			return (publisher != null) ? this.recorder.watch(publisher) : null;
		}

		org.springframework.amqp.rabbit.connection.Connection createConnection() {
			org.springframework.amqp.rabbit.connection.Connection connection = this.factory.createConnection();
			return Calls.implement(org.springframework.amqp.rabbit.connection.Connection.class,
					new WatchedSpringConnection(connection, this.recorder), forward(connection));
		}

	}

	/**
	 * The method of a connection of Spring that makes a difference.
	 *
	 * @param connection the connection itself
	 * @param recorder sees what happens
	 */
	@SuppressWarnings("unused") // called by the names of the interface
	private record WatchedSpringConnection(org.springframework.amqp.rabbit.connection.Connection connection,
			AmqpRecorder recorder) {

		Connection getDelegate() {
			Connection delegate = this.connection.getDelegate();
			return Calls.implement(Connection.class, new WatchedConnection(delegate, this.recorder), forward(delegate));
		}

	}

	/**
	 * The method of a connection that makes a difference.
	 *
	 * @param connection the connection itself
	 * @param recorder sees what happens
	 */
	@SuppressWarnings("unused") // called by the names of the interface
	private record WatchedConnection(Connection connection, AmqpRecorder recorder) {

		@Nullable Channel createChannel() throws java.io.IOException {
			Channel channel = this.connection.createChannel();
			return (channel != null)
					? Calls.implement(Channel.class, new WatchedChannel(channel, this.recorder), forward(channel))
					: null;
		}

	}

}
