package io.gestalt.benchmarks.amqp.raw;

import java.io.IOException;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.gestalt.benchmarks.amqp.workload.Place;

/**
 * A connection with one channel.
 *
 * @param connection the connection
 * @param channel its channel
 */
record RawLine(Connection connection, Channel channel) implements AutoCloseable {

	static RawLine open(Place place) throws Exception {
		ConnectionFactory factory = new ConnectionFactory();
		factory.setUri(place.broker());
		Connection connection = factory.newConnection();
		return new RawLine(connection, connection.createChannel());
	}

	@Override
	public void close() throws IOException {
		this.connection.close();
	}

}
