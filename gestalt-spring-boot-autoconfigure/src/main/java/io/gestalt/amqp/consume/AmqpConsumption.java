package io.gestalt.amqp.consume;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.gestalt.amqp.connection.FirstContact;
import io.gestalt.amqp.consume.state.ConsumerDemand;
import io.gestalt.amqp.consume.state.ConsumptionState;
import io.gestalt.amqp.consume.state.FirstAttempt;
import io.gestalt.amqp.settings.AmqpScheduler;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.amqp.topology.BrokerRefusalException;
import io.gestalt.amqp.topology.TopologyException;
import io.gestalt.endpoint.EndpointException;
import io.gestalt.endpoint.EndpointLoad;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.endpoint.connect.Reconnect;
import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.gestalt.message.GestaltException;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/**
 * The consumers of one queue. Unlike a listener container of Spring it hands out what the
 * client library delivers, acknowledges many messages with one frame and knows how many
 * go back to the queue when it stops.
 */
public final class AmqpConsumption {

	private static final Duration ADJUST = Duration.ofSeconds(1);

	private static final Duration GOODBYE = Duration.ofSeconds(1);

	private final AmqpSettings settings;

	private final ConsumptionOptions options;

	private final AmqpReceiver receiver;

	private final Counters counters;

	private final ConsumptionState state;

	private final ConsumedQueue queue;

	private ConsumerDemand demand;

	/** Of its own, as a broker that does not read may block it. */
	private final ScheduledThreadPoolExecutor flusher;

	private final List<QueueConsumer> consumers = new ArrayList<>();

	private int named;

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
		this.state = new ConsumptionState(settings.name(), options.queue(), counters);
		this.queue = new ConsumedQueue(settings, options, connections, this.state);
		this.demand = new ConsumerDemand(options.minConcurrency(), options.maxConcurrency());
		this.flusher = new AmqpScheduler("gestalt-amqp-%s-ack".formatted(settings.name()), settings::uncaught);
		this.flusher.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
	}

	/**
	 * Starts to consume, in the background if the broker cannot be reached.
	 * @throws io.gestalt.amqp.topology.TopologyException if the broker refuses what is
	 * needed
	 * @throws io.gestalt.amqp.topology.BrokerRefusalException if it does not let this
	 * application in
	 */
	public void start() {
		FirstAttempt first;
		synchronized (this) {
			if (!this.state.isStopped()) {
				return;
			}
			this.queue.forget();
			first = this.state.started();
			for (int i = 0; i < this.demand.min(); i++) {
				add();
			}
			if (this.options.maxConcurrency() > this.options.minConcurrency()) {
				this.flusher.scheduleWithFixedDelay(this::adjust, ADJUST.toMillis(), ADJUST.toMillis(),
						TimeUnit.MILLISECONDS);
			}
		}
		FirstContact contact = this.settings.resources().connections().firstContact();
		Exception failure = first.await(contact.patience());
		if (failure != null) {
			check(failure);
		}
		else if (this.state.get() == EndpointState.READY) {
			contact.made();
		}
	}

	private void add() {
		QueueConsumer consumer = new QueueConsumer(this,
				"gestalt-amqp-%s-%d".formatted(this.settings.name(), ++this.named));
		this.consumers.add(consumer);
		consumer.start();
	}

	/**
	 * Has a fixed number of consumers from now on. Those that are not needed any more
	 * finish what they have.
	 * @throws EndpointException if that are none or too many, or the queue is for one
	 * consumer only
	 */
	public synchronized void concurrency(int wanted) {
		this.queue.checkConsumers(wanted);
		this.demand = new ConsumerDemand(wanted, wanted);
		if (this.state.isStopped()) {
			return;
		}
		List<QueueConsumer> staying = this.consumers.stream().filter((consumer) -> !consumer.isStopping()).toList();
		for (int i = staying.size(); i < wanted; i++) {
			add();
		}
		staying.stream().skip(wanted).forEach(AmqpConsumption::retire);
	}

	private static void retire(QueueConsumer consumer) {
		consumer.stop(System.nanoTime() + Long.MAX_VALUE / 4, true);
	}

	/** What is no use to try again ends the start. */
	private void check(Exception failure) {
		try {
			this.queue.check(failure);
		}
		catch (GestaltException ex) {
			stop(Duration.ZERO);
			throw ex;
		}
	}

	private synchronized void adjust() {
		if (this.state.isStopped()) {
			return;
		}
		int backlog = this.consumers.stream().mapToInt(QueueConsumer::backlog).sum();
		int wanted = this.demand.wanted(this.consumers.size(), backlog);
		if (wanted > this.consumers.size()) {
			add();
		}
		else if (wanted < this.consumers.size()) {
			retire(this.consumers.get(this.consumers.size() - 1));
		}
	}

	/**
	 * Consumes nothing more. Handlers that run may finish within the grace period;
	 * everything else goes back to the queue at once, unless the queue goes away too.
	 * @param grace how long that may take; what it takes to give back is reserved of it
	 * @return how many messages went back to the queue
	 */
	public int stop(Duration grace) {
		List<QueueConsumer> stopped;
		synchronized (this) {
			if (this.state.isStopped()) {
				return 0;
			}
			this.state.stopped();
			stopped = List.copyOf(this.consumers);
		}
		long deadline = System.nanoTime() + grace.minus(reserve(grace)).toNanos();
		boolean passing = this.queue.isPassing();
		stopped.forEach((consumer) -> consumer.stop(deadline, passing));
		stopped.forEach((consumer) -> consumer.join(deadline));
		stopped.forEach(QueueConsumer::abandon);
		long goodbye = System.nanoTime() + ((grace.compareTo(GOODBYE) < 0) ? GOODBYE : reserve(grace)).toNanos();
		stopped.forEach((consumer) -> consumer.join(goodbye));
		this.flusher.shutdownNow();
		int returned = stopped.stream().mapToInt(QueueConsumer::returned).sum();
		synchronized (this) {
			this.consumers.clear();
		}
		this.counters.add(Counter.REQUEUED, returned);
		return returned;
	}

	/** What is kept of a grace period, so that it is enough for giving back too. */
	private static Duration reserve(Duration grace) {
		Duration tenth = grace.dividedBy(10);
		return (tenth.compareTo(GOODBYE) < 0) ? tenth : GOODBYE;
	}

	/** Whether it consumes. */
	public EndpointState state() {
		return this.state.get();
	}

	/** What went wrong last, {@code null} if nothing did since it consumes. */
	public @Nullable Throwable lastError() {
		return this.state.lastError();
	}

	/** How many consumers there are that have not lost their channel. */
	public int consumers() {
		return this.state.consumers();
	}

	/** What was handed out and not settled, and what waits behind it. */
	public synchronized EndpointLoad load() {
		int handling = this.consumers.stream().mapToInt(QueueConsumer::unsettled).sum();
		int waiting = this.consumers.stream().mapToInt(QueueConsumer::backlog).sum();
		return new EndpointLoad(waiting + handling, handling, 0, 0, 0);
	}

	ConsumptionOptions options() {
		return this.options;
	}

	ConsumedQueue queue() {
		return this.queue;
	}

	AmqpReceiver receiver() {
		return this.receiver;
	}

	Counters counters() {
		return this.counters;
	}

	Reconnect reconnect() {
		return this.settings.resources().reconnect();
	}

	AmqpSettings settings() {
		return this.settings;
	}

	ScheduledExecutorService flusher() {
		return this.flusher;
	}

	/** A consumer has begun. */
	void consuming() {
		this.state.consuming();
	}

	/** A consumer has lost its channel. */
	void lost(@Nullable Throwable reason) {
		this.state.lost(reason);
	}

	/** A consumer is not needed any more. */
	void left() {
		this.state.left();
	}

	/** A consumer has stopped. */
	synchronized void ended(QueueConsumer consumer) {
		if (!this.state.isStopped()) {
			this.consumers.remove(consumer);
		}
	}

}
