package io.gestalt.amqp;

import java.lang.reflect.Type;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.gestalt.amqp.channel.BrokerLink;
import io.gestalt.amqp.content.AmqpContent;
import io.gestalt.amqp.content.AmqpMessage;
import io.gestalt.amqp.publish.ConfirmingChannel;
import io.gestalt.amqp.publish.SendLimits;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.amqp.settings.PublisherOptions;
import io.gestalt.codec.CodecException;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.endpoint.EndpointException;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.endpoint.StopReport;
import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.gestalt.message.MessageTypes;
import io.gestalt.message.Peer;
import io.gestalt.message.SendException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes to an exchange. Its one peer is the broker. A message goes under the routing
 * key of the publisher, or its own: {@link AmqpHeaders#ROUTING_KEY}. Futures complete on
 * the thread that reads the broker, so what depends on them must not block.
 */
public final class AmqpPublisher implements Endpoint {

	private static final StopReport NOTHING = new StopReport(0, 0, 0, Duration.ZERO);

	private final AmqpSettings settings;

	private final PublisherOptions options;

	private final Counters counters = new Counters();

	private final BrokerLink link;

	private final ConfirmingChannel channel;

	private volatile boolean running;

	public AmqpPublisher(AmqpSettings settings, PublisherOptions options) {
		this.settings = settings;
		this.options = options;
		this.link = new BrokerLink(this, settings);
		this.channel = new ConfirmingChannel(settings,
				new SendLimits(options.delivery() == PublisherOptions.Delivery.AT_LEAST_ONCE, options.window(),
						options.onFull()),
				settings.topology(), this.counters, this.link);
	}

	@Override
	public String name() {
		return this.settings.name();
	}

	@Override
	public void listen(Listener listener) {
		throw new EndpointException(name(),
				"Endpoint '%s' publishes, so nothing arrives that a listener could handle".formatted(name()));
	}

	/**
	 * Opens the publisher. If the broker cannot be reached it goes on trying.
	 * @throws io.gestalt.amqp.topology.TopologyException if the broker has something else
	 * than what is needed
	 * @throws io.gestalt.amqp.topology.BrokerRefusalException if the broker does not let
	 * this application in
	 */
	@Override
	public synchronized void start() {
		if (!this.running) {
			this.channel.start();
			this.running = true;
			this.link.publish(new EndpointEvent.Started(name(), List.of()));
		}
	}

	@Override
	public synchronized StopReport stop(Duration grace) {
		if (!this.running) {
			return NOTHING;
		}
		this.running = false;
		long start = System.nanoTime();
		int dropped = this.channel.stop(grace);
		this.link.stopped();
		StopReport report = new StopReport(0, 0, dropped, Duration.ofNanos(System.nanoTime() - start));
		this.link.publish(new EndpointEvent.Stopped(name(), report));
		return report;
	}

	@Override
	public boolean running() {
		return this.running;
	}

	/** Whether it can publish now. */
	public EndpointState state() {
		return this.channel.state();
	}

	/** What went wrong last, {@code null} if nothing did. */
	public @Nullable Throwable lastError() {
		return this.channel.lastError();
	}

	/** How many messages the broker has not confirmed yet. */
	public int unconfirmed() {
		return this.channel.unconfirmed();
	}

	@Override
	public List<SocketAddress> addresses() {
		return List.of();
	}

	@Override
	public Collection<Peer> peers() {
		return this.link.peers();
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
		return this.link.whenConnected();
	}

	@Override
	public void send(@Nullable Object payload) {
		CompletableFuture<Void> sent = publish(payload);
		if (sent.isCompletedExceptionally()) {
			rethrow(sent);
		}
	}

	/** What went wrong later is counted, and what was dropped is meant to be. */
	private static void rethrow(CompletableFuture<Void> sent) {
		try {
			sent.join();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof SendException failure && failure.reason() != Counter.DROPPED_NEWEST) {
				throw failure;
			}
		}
	}

	/**
	 * Publishes a message.
	 * @param payload a value, a {@link io.gestalt.message.Message}, or {@code null} for
	 * an empty message
	 * @return completes when the broker has confirmed the message, without confirms when
	 * it is written; fails with a {@link SendException}
	 */
	@Override
	public CompletableFuture<Void> sendAsync(@Nullable Object payload) {
		try {
			return publish(payload);
		}
		catch (CodecException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private CompletableFuture<Void> publish(@Nullable Object payload) {
		AmqpContent content = this.settings.codec().encode(payload);
		boolean persistent = this.options.delivery() == PublisherOptions.Delivery.AT_LEAST_ONCE;
		return this.channel.publish(new AmqpMessage(this.options.exchange(),
				Objects.requireNonNullElse(content.routingKey(), this.options.routingKey()), this.options.mandatory(),
				content.properties(persistent).build(), content.body()));
	}

	@Override
	public int sendToAll(@Nullable Object payload) {
		try {
			send(payload);
			return 1;
		}
		catch (SendException ex) {
			// counted where it was refused
			return 0;
		}
	}

	@Override
	public <R> CompletableFuture<R> request(@Nullable Object payload, Type replyType, @Nullable Duration timeout) {
		return CompletableFuture.failedFuture(new EndpointException(name(),
				"Endpoint '%s' publishes and gets no replies; a requester does".formatted(name())));
	}

}
