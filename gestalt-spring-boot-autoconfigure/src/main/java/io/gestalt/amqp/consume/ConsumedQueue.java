package io.gestalt.amqp.consume;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.gestalt.amqp.connection.AmqpConnections;
import io.gestalt.amqp.consume.state.ConsumptionState;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.amqp.topology.BrokerRefusalException;
import io.gestalt.amqp.topology.Topology;
import io.gestalt.amqp.topology.TopologyException;
import io.gestalt.amqp.topology.TopologyMode;
import io.gestalt.endpoint.EndpointException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/** A queue at the broker, and the connection over which it is consumed. */
final class ConsumedQueue implements ConsumerSession.Restorer {

	private static final Logger logger = LoggerFactory.getLogger(ConsumedQueue.class);

	private static final Duration REBIND = Duration.ofSeconds(9);

	private static final int MOST_CONSUMERS = 1000;

	private final AmqpSettings settings;

	private final ConsumptionOptions options;

	private final ConnectionFactory connections;

	private final ConsumptionState state;

	/** The connection to a broker that is known to have all that is needed. */
	private @Nullable Connection prepared;

	/** The connection to which the queue belongs, if it is exclusive. */
	private @Nullable Connection owner;

	private long bound;

	private Topology topology;

	private volatile String name;

	ConsumedQueue(AmqpSettings settings, ConsumptionOptions options, ConnectionFactory connections,
			ConsumptionState state) {
		this.settings = settings;
		this.options = options;
		this.connections = connections;
		this.state = state;
		this.topology = settings.topology();
		this.name = options.queue();
	}

	/** Opens a channel, on a connection to a broker that has all that is needed. */
	Channel open() throws IOException {
		Connection connection = this.connections.createConnection().getDelegate();
		prepare(connection);
		return AmqpConnections.open(connection);
	}

	private synchronized void prepare(Connection connection) throws IOException {
		if (connection != this.owner && queues().anyMatch(Topology.Queue::exclusive)) {
			this.name = this.options.queue() + "." + UUID.randomUUID();
			this.topology = this.settings.topology().renamed(this.options.queue(), this.name);
			this.owner = connection;
		}
		if (connection != this.prepared) {
			declare(connection);
			this.prepared = connection;
		}
	}

	private void declare(Connection connection) throws IOException {
		this.bound = System.nanoTime();
		this.topology.apply(connection, this.settings.resources().topology());
	}

	/**
	 * The name that the queue has at present. An exclusive one bears another for every
	 * connection: until the broker has noticed that the last one is gone it refuses to
	 * declare its queues once more.
	 */
	@Override
	public String name() {
		return this.name;
	}

	@Override
	public synchronized void restore(Connection connection) throws IOException {
		logger.info("Endpoint '{}' was told that queue '{}' is gone, and declares it again", this.settings.name(),
				this.name);
		declare(connection);
	}

	/**
	 * Binds the queue again if nothing comes: whoever deletes an exchange deletes its
	 * bindings, and nobody is told.
	 */
	synchronized void idle(Connection connection) {
		boolean declares = this.settings.resources().topology() == TopologyMode.DECLARE;
		if (!declares || System.nanoTime() - this.bound < REBIND.toNanos()) {
			return;
		}
		this.bound = System.nanoTime();
		try {
			this.topology.leadingTo(this.name).apply(connection, TopologyMode.DECLARE);
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("Endpoint '{}' could not bind queue '{}' again", this.settings.name(), this.name, ex);
		}
	}

	@Override
	public void failed(Exception cause) {
		forget();
		this.state.failed(cause);
	}

	/** Whatever was there at the broker may be gone. */
	synchronized void forget() {
		this.prepared = null;
	}

	/**
	 * Throws what is no use to try again.
	 * @throws TopologyException if the broker refuses what is needed
	 * @throws BrokerRefusalException if it does not let this application in
	 */
	void check(Exception failure) {
		try {
			BrokerRefusalException.check(failure, this.connections);
		}
		catch (TopologyException ex) {
			throw ex.of(this.settings.name());
		}
	}

	/** Whether nobody else could handle what goes back to the queue. */
	boolean isPassing() {
		return queues().anyMatch(Topology.Queue::passing);
	}

	/** Whether several consumers may share it: each of a stream reads all of it. */
	boolean isShared() {
		return !this.options.exclusive() && queues().noneMatch((queue) -> keepsToOne(queue.arguments()));
	}

	/**
	 * Refuses a number of consumers that the queue cannot have. Each is a thread and a
	 * channel.
	 */
	void checkConsumers(int wanted) {
		if (wanted < 1) {
			throw refused(wanted, "one is the least, to have none it can be paused");
		}
		if (wanted > MOST_CONSUMERS) {
			throw refused(wanted, "%d are the most, more messages at a time take other instances of the application"
				.formatted(MOST_CONSUMERS));
		}
		if (wanted > 1 && !isShared()) {
			throw refused(wanted, "queue '%s' is for one consumer".formatted(this.options.queue()));
		}
	}

	private EndpointException refused(int wanted, String reason) {
		return new EndpointException(this.settings.name(),
				"Endpoint '%s' cannot have %d consumers: %s".formatted(this.settings.name(), wanted, reason));
	}

	private static boolean keepsToOne(Map<String, Object> arguments) {
		return "stream".equals(arguments.get("x-queue-type"))
				|| Boolean.TRUE.equals(arguments.get("x-single-active-consumer"));
	}

	/**
	 * Whether consumers say that they end before they do. Not where the next one would
	 * begin while messages are under way here, nor where a quorum queue is to keep its
	 * order: what it delivers meanwhile goes back before what was delivered earlier.
	 */
	boolean cancels() {
		return !this.options.exclusive() && queues().noneMatch(this::keepsOrder);
	}

	private boolean keepsOrder(Topology.Queue queue) {
		return Boolean.TRUE.equals(queue.arguments().get("x-single-active-consumer"))
				|| (this.options.maxConcurrency() == 1 && "quorum".equals(queue.arguments().get("x-queue-type")));
	}

	private Stream<Topology.Queue> queues() {
		return this.settings.topology().queues().stream().filter((queue) -> queue.name().equals(this.options.queue()));
	}

}
