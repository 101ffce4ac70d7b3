package io.gestalt.amqp.consume;

import java.io.IOException;
import java.util.stream.Stream;

import com.rabbitmq.client.Channel;
import io.gestalt.amqp.connection.AmqpConnections;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.amqp.topology.BrokerRefusalException;
import io.gestalt.amqp.topology.Topology;
import io.gestalt.amqp.topology.TopologyException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/** A queue at the broker, and the connection over which it is consumed. */
final class ConsumedQueue implements ConsumerSession.Restorer {

	private static final Logger logger = LoggerFactory.getLogger(ConsumedQueue.class);

	private final AmqpSettings settings;

	private final ConsumptionOptions options;

	private final ConnectionFactory connections;

	private final ConsumptionState state;

	/** The connection to a broker that is known to have all that is needed. */
	private @Nullable Object prepared;

	ConsumedQueue(AmqpSettings settings, ConsumptionOptions options, ConnectionFactory connections,
			ConsumptionState state) {
		this.settings = settings;
		this.options = options;
		this.connections = connections;
		this.state = state;
	}

	/** Opens a channel, on a connection to a broker that has all that is needed. */
	Channel open() throws IOException {
		Object connection = this.connections.createConnection().getDelegate();
		prepare(connection);
		return AmqpConnections.open(this.connections);
	}

	private synchronized void prepare(@Nullable Object connection) throws IOException {
		if (connection != this.prepared) {
			declare();
			this.prepared = connection;
		}
	}

	private void declare() throws IOException {
		this.settings.topology().apply(this.connections, this.settings.resources().topology());
	}

	@Override
	public synchronized void restore() throws IOException {
		logger.info("Endpoint '{}' was told that queue '{}' is gone, and declares it again", this.settings.name(),
				this.options.queue());
		declare();
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
		return queues().anyMatch((queue) -> queue.exclusive() || queue.autoDelete());
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
