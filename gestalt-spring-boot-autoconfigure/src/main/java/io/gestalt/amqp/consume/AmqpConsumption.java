package io.gestalt.amqp.consume;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import com.rabbitmq.client.Channel;
import io.gestalt.amqp.connection.AmqpConnections;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.amqp.topology.BrokerRefusalException;
import io.gestalt.amqp.topology.Topology;
import io.gestalt.amqp.topology.TopologyException;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.endpoint.tcp.Reconnect;
import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/**
 * The consumers of one queue. Unlike a listener container of Spring it hands out what the
 * client library delivers, acknowledges many messages with one frame and knows how many
 * go back to the queue when it stops.
 */
public final class AmqpConsumption implements ConsumerSession.Restorer {

	private static final Logger logger = LoggerFactory.getLogger(AmqpConsumption.class);

	private static final Duration FIRST_ATTEMPT = Duration.ofSeconds(10);

	private static final Duration ADJUST = Duration.ofSeconds(1);

	private final AmqpSettings settings;

	private final ConsumptionOptions options;

	private final AmqpReceiver receiver;

	private final Counters counters;

	private final ConnectionFactory connections;

	private final List<QueueConsumer> consumers = new ArrayList<>();

	private final ConsumerDemand demand;

	private CompletableFuture<@Nullable Void> first = new CompletableFuture<>();

	private @Nullable ScheduledFuture<?> adjusting;

	private @Nullable Object prepared;

	private int consuming;

	private int named;

	private boolean warned;

	private volatile EndpointState state = EndpointState.STOPPED;

	private volatile @Nullable Throwable lastError;

	/**
	 * Creates a consumption that was not started.
	 * @param settings those of the endpoint
	 * @param options what is consumed
	 * @param counters get what happens to connections, and {@code RECEIVED}
	 * @param receiver gets the messages
	 */
	public AmqpConsumption(AmqpSettings settings, ConsumptionOptions options, Counters counters,
			AmqpReceiver receiver) {
		this(settings, options, counters, receiver, settings.resources().connections().consuming());
	}

	/**
	 * Creates a consumption that was not started.
	 * @param settings those of the endpoint
	 * @param options what is consumed
	 * @param counters get what happens to connections, and {@code RECEIVED}
	 * @param receiver gets the messages
	 * @param connections over which
	 */
	public AmqpConsumption(AmqpSettings settings, ConsumptionOptions options, Counters counters, AmqpReceiver receiver,
			ConnectionFactory connections) {
		this.settings = settings;
		this.options = options;
		this.counters = counters;
		this.receiver = receiver;
		this.connections = connections;
		this.demand = new ConsumerDemand(options.minConcurrency(), options.maxConcurrency());
	}

	/**
	 * Starts to consume, in the background if the broker cannot be reached.
	 * @throws TopologyException if the broker refuses what is needed
	 * @throws BrokerRefusalException if it does not let this application in
	 */
	public void start() {
		CompletableFuture<@Nullable Void> attempt;
		synchronized (this) {
			if (this.state != EndpointState.STOPPED) {
				return;
			}
			this.state = EndpointState.CONNECTING;
			this.lastError = null;
			this.prepared = null;
			this.warned = false;
			attempt = new CompletableFuture<>();
			this.first = attempt;
			for (int i = 0; i < this.options.minConcurrency(); i++) {
				add();
			}
			if (this.options.maxConcurrency() > this.options.minConcurrency()) {
				this.adjusting = scheduler().scheduleWithFixedDelay(this::adjust, ADJUST.toMillis(), ADJUST.toMillis(),
						TimeUnit.MILLISECONDS);
			}
		}
		await(attempt);
	}

	private void add() {
		QueueConsumer consumer = new QueueConsumer(this,
				"gestalt-amqp-%s-%d".formatted(this.settings.name(), ++this.named));
		this.consumers.add(consumer);
		consumer.start();
	}

	private void await(CompletableFuture<@Nullable Void> attempt) {
		try {
			attempt.get(FIRST_ATTEMPT.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof Exception cause) {
				check(cause);
			}
		}
		catch (TimeoutException ex) {
			logger.warn("Endpoint '{}' has not reached RabbitMQ within {} and keeps trying", this.settings.name(),
					FIRST_ATTEMPT);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** What is no use to try again ends the start. */
	private void check(Exception failure) {
		try {
			BrokerRefusalException.check(failure, this.connections);
		}
		catch (TopologyException ex) {
			stop(Duration.ZERO);
			throw ex.of(this.settings.name());
		}
		catch (BrokerRefusalException ex) {
			stop(Duration.ZERO);
			throw ex;
		}
	}

	private synchronized void adjust() {
		if (this.state == EndpointState.STOPPED) {
			return;
		}
		int backlog = this.consumers.stream().mapToInt(QueueConsumer::backlog).sum();
		int wanted = this.demand.wanted(this.consumers.size(), backlog);
		if (wanted > this.consumers.size()) {
			add();
		}
		else if (wanted < this.consumers.size()) {
			this.consumers.get(this.consumers.size() - 1).stop(System.nanoTime() + Long.MAX_VALUE / 4, true);
		}
	}

	/**
	 * Consumes nothing more. Handlers that run may finish within the grace period;
	 * everything else goes back to the queue at once, unless the queue goes away too.
	 * @param grace how long handlers may take
	 * @return how many messages went back to the queue
	 */
	public int stop(Duration grace) {
		List<QueueConsumer> stopped;
		synchronized (this) {
			if (this.state == EndpointState.STOPPED) {
				return 0;
			}
			this.state = EndpointState.STOPPED;
			stopped = List.copyOf(this.consumers);
			if (this.adjusting != null) {
				this.adjusting.cancel(false);
			}
		}
		long deadline = System.nanoTime() + grace.toNanos();
		boolean passing = isPassing();
		stopped.forEach((consumer) -> consumer.stop(deadline, passing));
		int returned = stopped.stream().mapToInt(QueueConsumer::join).sum();
		synchronized (this) {
			this.consumers.clear();
		}
		this.counters.add(Counter.REQUEUED, returned);
		return returned;
	}

	/** Whether nobody else could handle what goes back to the queue. */
	private boolean isPassing() {
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

	public EndpointState state() {
		return this.state;
	}

	/** What went wrong last, {@code null} if nothing did since it consumes. */
	public @Nullable Throwable lastError() {
		return this.lastError;
	}

	/** How many consumers there are that have not lost their channel. */
	public synchronized int consumers() {
		return this.consuming;
	}

	ConsumptionOptions options() {
		return this.options;
	}

	AmqpReceiver receiver() {
		return (delivery, intake) -> {
			this.counters.increment(Counter.RECEIVED);
			this.receiver.receive(delivery, intake);
		};
	}

	Reconnect reconnect() {
		return this.settings.resources().reconnect();
	}

	ScheduledExecutorService scheduler() {
		return this.settings.resources().scheduler();
	}

	/** Opens a channel, on a connection to a broker that has all that is needed. */
	Channel open() throws IOException {
		Object connection = this.connections.createConnection().getDelegate();
		prepare(connection);
		return AmqpConnections.open(this.connections);
	}

	private synchronized void prepare(@Nullable Object connection) throws IOException {
		if (connection != this.prepared) {
			this.settings.topology().apply(this.connections, this.settings.resources().topology());
			this.prepared = connection;
		}
	}

	@Override
	public synchronized void restore() throws IOException {
		logger.info("Endpoint '{}' was told that queue '{}' is gone, and declares it again", this.settings.name(),
				this.options.queue());
		this.settings.topology().apply(this.connections, this.settings.resources().topology());
	}

	/** A consumer has begun. */
	synchronized void consuming() {
		this.counters.increment(Counter.CONNECTED);
		this.consuming++;
		this.lastError = null;
		if (this.state != EndpointState.STOPPED) {
			this.state = EndpointState.READY;
		}
		if (this.warned) {
			this.warned = false;
			logger.info("Endpoint '{}' consumes queue '{}' again", this.settings.name(), this.options.queue());
		}
		this.first.complete(null);
	}

	/** A consumer has lost its channel. */
	synchronized void lost(@Nullable Throwable reason) {
		this.counters.increment(Counter.DISCONNECTED);
		this.consuming--;
		if (this.consuming == 0 && this.state != EndpointState.STOPPED) {
			this.state = EndpointState.CONNECTING;
			if (reason != null) {
				fault(reason);
			}
		}
	}

	/** A consumer could not begin, or go on. */
	@Override
	public synchronized void failed(@Nullable Exception cause) {
		this.prepared = null;
		if (cause != null) {
			this.counters.increment(Counter.CONNECT_FAILED);
			fault(cause);
			this.first.completeExceptionally(cause);
		}
	}

	/** Tells of the first fault only, until it consumes again. */
	private void fault(Throwable cause) {
		this.lastError = cause;
		if (!this.warned && this.state != EndpointState.STOPPED) {
			this.warned = true;
			logger.warn("Endpoint '{}' cannot consume queue '{}' and keeps trying: {}", this.settings.name(),
					this.options.queue(), reason(cause));
		}
	}

	private static String reason(Throwable cause) {
		Throwable root = cause;
		while (root.getCause() != null && root.getCause() != root) {
			root = root.getCause();
		}
		return String.valueOf((root.getMessage() != null) ? root.getMessage() : root);
	}

	/** A consumer has stopped. */
	synchronized void ended(QueueConsumer consumer) {
		if (this.state != EndpointState.STOPPED) {
			this.consumers.remove(consumer);
		}
	}

}
