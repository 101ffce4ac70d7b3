package io.gestalt.benchmarks.amqp;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import io.gestalt.benchmarks.amqp.workload.AmqpWorkload;
import io.gestalt.benchmarks.amqp.workload.Place;
import io.gestalt.benchmarks.amqp.workload.Role;
import tools.jackson.databind.json.JsonMapper;

/**
 * The queues of the contenders, all classic and transient; those that are published to
 * keep the last message only, so that nothing piles up.
 */
final class Queues implements AutoCloseable {

	/** To which a requester of Gestalt binds the queue of its replies. */
	private static final String RETURNS = "gestalt.rpc.returns";

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final int BATCH = 1000;

	private final String broker;

	private final Connection connection;

	private final Channel channel;

	private Queues(String broker, Connection connection, Channel channel) {
		this.broker = broker;
		this.connection = connection;
		this.channel = channel;
	}

	static Queues open(String broker) throws IOException {
		ConnectionFactory factory = new ConnectionFactory();
		try {
			factory.setUri(broker);
			Connection connection = factory.newConnection();
			Channel channel = connection.createChannel();
			channel.confirmSelect();
			channel.exchangeDeclare(RETURNS, BuiltinExchangeType.HEADERS, true);
			return new Queues(broker, connection, channel);
		}
		catch (IOException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new IOException("No RabbitMQ at '%s'".formatted(broker), ex);
		}
	}

	/** The version of the broker. */
	String version() {
		return String.valueOf(this.connection.getServerProperties().get("version"));
	}

	/** Declares the queue of a contender anew. */
	Place declare(String contender, AmqpWorkload workload) throws IOException {
		String queue = "gestalt.benchmarks.%s.%s".formatted(workload.name(), contender);
		this.channel.queueDelete(queue);
		this.channel.queueDeclare(queue, false, false, false,
				(workload.mode().role() == Role.PUBLISHER) ? Map.of("x-max-length", 1) : Map.of());
		return new Place(this.broker, queue, workload);
	}

	void delete(Place place) throws IOException {
		this.channel.queueDelete(place.queue());
	}

	void purge(Place place) throws IOException {
		this.channel.queuePurge(place.queue());
	}

	/** How many messages are ready. */
	long depth(Place place) throws IOException {
		return this.channel.messageCount(place.queue());
	}

	/** Publishes messages, and waits until the broker has them. */
	void fill(Place place, int messages) throws IOException, InterruptedException, TimeoutException {
		Object payload = place.workload().payload();
		byte[] body = (payload instanceof byte[] bytes) ? bytes : JsonMapper.shared().writeValueAsBytes(payload);
		AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder().contentType(place.workload().contentType())
			.deliveryMode(1)
			.build();
		for (int i = 1; i <= messages; i++) {
			this.channel.basicPublish("", place.queue(), properties, body);
			if (i % BATCH == 0 || i == messages) {
				this.channel.waitForConfirmsOrDie(LIMIT.toMillis());
			}
		}
	}

	/** Waits for the message that ends a round. */
	void awaitLast(Place place) throws IOException {
		long start = System.nanoTime();
		while (System.nanoTime() - start < LIMIT.toNanos()) {
			GetResponse response = this.channel.basicGet(place.queue(), true);
			if (response != null && AmqpWorkload.isLast(response.getBody())) {
				return;
			}
		}
		throw new IllegalStateException("The last message has not come to queue '%s'".formatted(place.queue()));
	}

	@Override
	public void close() throws IOException {
		this.connection.close();
	}

}
