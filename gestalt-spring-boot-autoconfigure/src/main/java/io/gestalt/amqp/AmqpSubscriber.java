package io.gestalt.amqp;

import java.io.IOException;
import java.lang.reflect.Type;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import io.gestalt.amqp.consume.AmqpConsumption;
import io.gestalt.amqp.consume.AmqpReceiver;
import io.gestalt.amqp.consume.ConsumptionOptions;
import io.gestalt.amqp.publish.Outgoing;
import io.gestalt.amqp.receive.BatchReceiver;
import io.gestalt.amqp.receive.DeadLetters;
import io.gestalt.amqp.receive.MessageReceiver;
import io.gestalt.amqp.receive.Settlement;
import io.gestalt.amqp.receive.UnorderedReceiver;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.amqp.settings.SubscriberOptions;
import io.gestalt.dispatch.Listener;
import io.gestalt.dispatch.Ordering;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.endpoint.EndpointException;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.endpoint.StopReport;
import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.gestalt.message.MessageTypes;
import io.gestalt.message.Peer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles what arrives in a queue. A message is acknowledged when its handler is done,
 * tried again when that failed, and put aside when it failed for good; until then the
 * broker keeps it.
 */
public final class AmqpSubscriber implements Endpoint {

	private static final Logger logger = LoggerFactory.getLogger(AmqpSubscriber.class);

	private final AmqpSettings settings;

	private final SubscriberOptions options;

	private final Counters counters = new Counters();

	private final Outgoing outgoing;

	private final @Nullable DeadLetters deadLetters;

	private volatile @Nullable Listener listener;

	private volatile @Nullable AmqpConsumption consumption;

	private volatile boolean running;

	/**
	 * Creates a subscriber that is closed.
	 * @param settings what all AMQP endpoints need
	 * @param options how it consumes
	 */
	public AmqpSubscriber(AmqpSettings settings, SubscriberOptions options) {
		this.settings = settings;
		this.options = options;
		this.outgoing = new Outgoing(settings, this.counters);
		this.deadLetters = (options.deadLetter() != null)
				? new DeadLetters(settings, options.deadLetter(), options.queue(), this.outgoing) : null;
	}

	@Override
	public String name() {
		return this.settings.name();
	}

	@Override
	public void listen(Listener handlers) {
		if (this.running) {
			throw new EndpointException(name(),
					"Endpoint '%s' is running and cannot take another listener".formatted(name()));
		}
		this.listener = handlers;
	}

	/**
	 * Begins to consume, as soon as the broker is there.
	 * @throws io.gestalt.amqp.topology.TopologyException if the broker refuses its
	 * exchanges or queues
	 * @throws EndpointException if the listener does not fit
	 */
	@Override
	public synchronized void start() {
		if (this.running) {
			return;
		}
		Listener handlers = this.listener;
		if (handlers == null) {
			logger.warn("Endpoint '{}' has no listener, queue '{}' is not consumed", name(), this.options.queue());
		}
		else {
			AmqpConsumption begun = new AmqpConsumption(this.settings, consumptionOptions(), this.counters,
					receiver(handlers));
			begun.start();
			this.consumption = begun;
		}
		this.running = true;
		this.settings.observer().onEvent(new EndpointEvent.Started(name(), addresses()));
	}

	private ConsumptionOptions consumptionOptions() {
		int prefetch = (this.options.batch() != null) ? Math.max(this.options.prefetch(), this.options.batch().size())
				: this.options.prefetch();
		return new ConsumptionOptions(this.options.queue(), this.options.exclusive(), this.options.consumerArguments(),
				prefetch, this.options.minConcurrency(), this.options.maxConcurrency());
	}

	private AmqpReceiver receiver(Listener handlers) {
		Settlement settlement = new Settlement(this.settings, this.options.ack(), this.deadLetters, this.outgoing,
				this.counters);
		if (this.options.batch() != null) {
			checkLists(handlers);
			return new BatchReceiver(handlers, this.settings.codec(), this.options.batch(), this.options.retry(),
					settlement);
		}
		MessageReceiver receiver = new MessageReceiver(handlers, this.settings.codec(), this.options.retry(),
				settlement);
		if (handlers.ordering() == Ordering.PEER) {
			return receiver;
		}
		int concurrency = (handlers.concurrency() > 0) ? handlers.concurrency() : this.options.prefetch();
		return new UnorderedReceiver(receiver, this.settings.resources().worker(), concurrency);
	}

	private void checkLists(Listener handlers) {
		Listener.Binding binding = handlers.find(MessageTypes.NONE);
		if (binding != null && BatchReceiver.elementType(binding.payloadType()) == null) {
			throw new EndpointException(name(), "Endpoint '%s' collects batches, but its handler takes '%s' and no list"
				.formatted(name(), binding.payloadType().getTypeName()));
		}
	}

	@Override
	public synchronized StopReport stop(Duration grace) {
		long start = System.nanoTime();
		long handled = this.counters.get(Counter.HANDLED);
		if (!this.running) {
			return new StopReport(0, 0, 0, Duration.ZERO);
		}
		AmqpConsumption begun = this.consumption;
		int returned = (begun != null) ? begun.stop(grace) : 0;
		this.running = false;
		this.consumption = null;
		Duration left = grace.minusNanos(System.nanoTime() - start);
		this.outgoing.stop(left.isNegative() ? Duration.ZERO : left);
		StopReport report = new StopReport(this.counters.get(Counter.HANDLED) - handled, 0, returned, 0,
				Duration.ofNanos(System.nanoTime() - start));
		this.settings.observer().onEvent(new EndpointEvent.Stopped(name(), report));
		return report;
	}

	/**
	 * Moves messages that failed for good back to where they failed.
	 * @param max how many at the most
	 * @return how many were moved
	 * @throws EndpointException if the subscriber puts nothing aside, or the broker
	 * cannot be reached
	 */
	public int replay(int max) {
		return replay(max, (headers) -> true);
	}

	/**
	 * Moves some of the messages that failed for good back to where they failed. Those
	 * that are left out keep their place.
	 * @param max how many at the most
	 * @param filter which ones, by their headers, such as {@code x-gestalt-reason}
	 * @return how many were moved
	 */
	public int replay(int max, Predicate<Map<String, Object>> filter) {
		DeadLetters letters = this.deadLetters;
		if (letters == null) {
			throw new EndpointException(name(), "Endpoint '%s' puts no messages aside".formatted(name()));
		}
		try {
			return letters.replay(max, filter);
		}
		catch (IOException | org.springframework.amqp.AmqpException ex) {
			throw new EndpointException(name(),
					"Endpoint '%s' could not move messages back to queue '%s'".formatted(name(), this.options.queue()),
					ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new EndpointException(name(), "Endpoint '%s' was interrupted".formatted(name()), ex);
		}
	}

	/** Whether it consumes. */
	public EndpointState state() {
		AmqpConsumption begun = this.consumption;
		return (begun != null) ? begun.state() : EndpointState.STOPPED;
	}

	/** What keeps it from consuming, {@code null} if nothing does. */
	public @Nullable Throwable lastError() {
		AmqpConsumption begun = this.consumption;
		return (begun != null) ? begun.lastError() : null;
	}

	/** How many consumers there are at present. */
	public int consumers() {
		AmqpConsumption begun = this.consumption;
		return (begun != null) ? begun.consumers() : 0;
	}

	@Override
	public boolean running() {
		return this.running;
	}

	@Override
	public List<SocketAddress> addresses() {
		return List.of();
	}

	/** Nobody: senders are known by their messages only. */
	@Override
	public Collection<Peer> peers() {
		return List.of();
	}

	@Override
	public Counters counters() {
		return this.counters;
	}

	@Override
	public MessageTypes types() {
		return this.settings.codec().types();
	}

	@Override
	public boolean carriesType() {
		return true;
	}

	@Override
	public Duration sendTimeout() {
		return this.settings.sendTimeout();
	}

	@Override
	public CompletableFuture<Peer> whenConnected() {
		return CompletableFuture.failedFuture(receivesOnly());
	}

	@Override
	public void send(@Nullable Object payload) {
		throw receivesOnly();
	}

	@Override
	public CompletableFuture<Void> sendAsync(@Nullable Object payload) {
		return CompletableFuture.failedFuture(receivesOnly());
	}

	@Override
	public int sendToAll(@Nullable Object payload) {
		throw receivesOnly();
	}

	@Override
	public <R> CompletableFuture<R> request(@Nullable Object payload, Type replyType, @Nullable Duration timeout) {
		return CompletableFuture.failedFuture(receivesOnly());
	}

	private EndpointException receivesOnly() {
		return new EndpointException(name(),
				"Endpoint '%s' is a subscriber, which receives only; to send there are publishers".formatted(name()));
	}

}
