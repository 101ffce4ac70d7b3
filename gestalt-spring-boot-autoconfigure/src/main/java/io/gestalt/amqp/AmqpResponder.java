package io.gestalt.amqp;

import java.lang.reflect.Type;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.gestalt.amqp.consume.AmqpConsumption;
import io.gestalt.amqp.consume.AmqpReceiver;
import io.gestalt.amqp.consume.ConsumptionOptions;
import io.gestalt.amqp.rpc.Answers;
import io.gestalt.amqp.rpc.ConcurrentReceiver;
import io.gestalt.amqp.rpc.RequestReceiver;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.amqp.settings.ResponderOptions;
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
 * Answers the requests that arrive for a service. Handlers run on the threads of the
 * consumers, each of which handles one request after the other; a handler that returns a
 * future makes way for the next request, up to the prefetch count. A request is
 * acknowledged after its reply was sent, so it is delivered again, maybe to another
 * responder, if this one is lost before. A handler that fails is answered for with a code
 * and a text, of a {@link io.gestalt.message.RemoteException} its own.
 */
public final class AmqpResponder implements Endpoint {

	private static final Logger logger = LoggerFactory.getLogger(AmqpResponder.class);

	private final AmqpSettings settings;

	private final ResponderOptions options;

	private final Counters counters = new Counters();

	private volatile @Nullable Listener listener;

	private volatile @Nullable AmqpConsumption consumption;

	private volatile boolean running;

	/**
	 * Creates a responder that is closed.
	 * @param settings what all AMQP endpoints need
	 * @param options what it answers
	 */
	public AmqpResponder(AmqpSettings settings, ResponderOptions options) {
		this.settings = settings;
		this.options = options;
	}

	@Override
	public String name() {
		return this.settings.name();
	}

	@Override
	public synchronized void listen(Listener handlers) {
		if (this.running) {
			throw new EndpointException(name(),
					"Endpoint '%s' is running and cannot take another listener".formatted(name()));
		}
		this.listener = handlers;
	}

	/**
	 * Begins to answer, as soon as the broker is there.
	 * @throws io.gestalt.amqp.topology.TopologyException if the broker refuses its
	 * exchanges or its queue
	 */
	@Override
	public synchronized void start() {
		if (this.running) {
			return;
		}
		Listener handlers = this.listener;
		if (handlers == null) {
			logger.warn("Endpoint '{}' has no listener, requests to service '{}' are not answered", name(),
					this.options.service());
		}
		else {
			AmqpConsumption begun = consumption(handlers);
			begun.start();
			this.consumption = begun;
		}
		this.running = true;
		this.settings.observer().onEvent(new EndpointEvent.Started(name(), List.of()));
	}

	/** Over the connection for what publishes, as replies go where requests come from. */
	private AmqpConsumption consumption(Listener handlers) {
		ConsumptionOptions consumed = new ConsumptionOptions(this.options.service(), false, Map.of(),
				this.options.prefetch(), this.options.minConcurrency(), this.options.maxConcurrency());
		return new AmqpConsumption(this.settings, consumed, this.counters, receiver(handlers),
				this.settings.resources().connections().publishing());
	}

	private AmqpReceiver receiver(Listener handlers) {
		RequestReceiver receiver = new RequestReceiver(handlers, this.settings.codec(),
				new Answers(this.settings, this.options.errorReplies(), this.counters));
		if (handlers.ordering() == Ordering.PEER && handlers.concurrency() <= 1) {
			return receiver;
		}
		int concurrency = (handlers.concurrency() > 0) ? handlers.concurrency() : this.options.prefetch();
		return new ConcurrentReceiver(receiver, this.settings.resources().worker(), concurrency);
	}

	@Override
	public synchronized StopReport stop(Duration grace) {
		if (!this.running) {
			return new StopReport(0, 0, 0, Duration.ZERO);
		}
		long start = System.nanoTime();
		long handled = this.counters.get(Counter.HANDLED);
		AmqpConsumption begun = this.consumption;
		int returned = (begun != null) ? begun.stop(grace) : 0;
		this.running = false;
		this.consumption = null;
		StopReport report = new StopReport(this.counters.get(Counter.HANDLED) - handled, 0, returned, 0,
				Duration.ofNanos(System.nanoTime() - start));
		this.settings.observer().onEvent(new EndpointEvent.Stopped(name(), report));
		return report;
	}

	@Override
	public boolean running() {
		return this.running;
	}

	/** Whether it answers. */
	public EndpointState state() {
		AmqpConsumption begun = this.consumption;
		EndpointState state = (begun != null) ? begun.state() : EndpointState.STOPPED;
		boolean blocked = this.settings.resources().connections().blocked() != null;
		return (state == EndpointState.READY && blocked) ? EndpointState.BLOCKED : state;
	}

	/** What keeps it from answering, {@code null} if nothing does. */
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
	public List<SocketAddress> addresses() {
		return List.of();
	}

	/** Nobody: requesters are known by their requests only. */
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
		return CompletableFuture.failedFuture(answersOnly());
	}

	@Override
	public void send(@Nullable Object payload) {
		throw answersOnly();
	}

	@Override
	public CompletableFuture<Void> sendAsync(@Nullable Object payload) {
		return CompletableFuture.failedFuture(answersOnly());
	}

	@Override
	public int sendToAll(@Nullable Object payload) {
		throw answersOnly();
	}

	@Override
	public <R> CompletableFuture<R> request(@Nullable Object payload, Type replyType, @Nullable Duration timeout) {
		return CompletableFuture.failedFuture(answersOnly());
	}

	private EndpointException answersOnly() {
		return new EndpointException(name(),
				"Endpoint '%s' is a responder, which answers only; to ask there are requesters".formatted(name()));
	}

}
