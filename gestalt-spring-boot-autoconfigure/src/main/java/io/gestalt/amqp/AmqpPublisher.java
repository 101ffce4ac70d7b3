package io.gestalt.amqp;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.gestalt.amqp.channel.BrokerLink;
import io.gestalt.amqp.content.AmqpContent;
import io.gestalt.amqp.content.AmqpMessage;
import io.gestalt.amqp.publish.ConfirmingChannel;
import io.gestalt.amqp.publish.SendLimits;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.amqp.settings.PublisherOptions;
import io.gestalt.codec.CodecException;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointException;
import io.gestalt.endpoint.EndpointLoad;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.endpoint.StopReport;
import io.gestalt.message.Counters;
import io.gestalt.message.Peer;
import io.gestalt.message.SendException;
import io.gestalt.observation.MessageObservation;
import io.gestalt.observation.MessageObserver.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Publishes to an exchange. Its one peer is the broker. A message goes under the routing
 * key of the publisher, or its own: {@link AmqpHeaders#ROUTING_KEY}. Futures complete on
 * the thread that reads the broker, so what depends on them must not block.
 */
public final class AmqpPublisher implements SendingEndpoint {

	private final AmqpSettings settings;

	private final PublisherOptions options;

	private final Counters counters = new Counters();

	private final BrokerLink link;

	private final ConfirmingChannel channel;

	private final AmqpLifecycle lifecycle;

	public AmqpPublisher(AmqpSettings settings, PublisherOptions options) {
		this.settings = settings;
		this.options = options;
		this.lifecycle = new AmqpLifecycle(settings);
		this.link = new BrokerLink(this, settings);
		this.channel = new ConfirmingChannel(settings,
				new SendLimits(options.delivery() == PublisherOptions.Delivery.AT_LEAST_ONCE, options.window(),
						options.onFull()),
				settings.topology(), this.counters, this.link);
	}

	@Override
	public AmqpSettings settings() {
		return this.settings;
	}

	/**
	 * Opens the publisher. If the broker cannot be reached it goes on trying.
	 * @throws io.gestalt.amqp.topology.TopologyException if the broker has something else
	 * than what is needed
	 * @throws io.gestalt.amqp.topology.BrokerRefusalException if the broker does not let
	 * this application in
	 * @throws EndpointException if messages are mandatory, but not confirmed
	 */
	@Override
	public void start() {
		if (this.options.mandatory() && this.options.delivery() == PublisherOptions.Delivery.AT_MOST_ONCE) {
			throw new EndpointException(name(),
					"Endpoint '%s' cannot learn what comes back to it: 'mandatory' needs 'delivery' 'at-least-once'"
						.formatted(name()));
		}
		this.lifecycle.start(this.channel::start);
	}

	@Override
	public StopReport stop(Duration grace) {
		return this.lifecycle.stop(grace, (period) -> {
			int dropped = this.channel.stop(grace);
			this.link.stopped();
			return new StopReport(0, 0, dropped, period.elapsed());
		});
	}

	@Override
	public boolean running() {
		return this.lifecycle.running();
	}

	/** Whether it can publish now. */
	@Override
	public EndpointState state() {
		return this.channel.state();
	}

	/** What went wrong last, {@code null} if nothing did, or that is over. */
	@Override
	public @Nullable Throwable lastError() {
		return (state() != EndpointState.READY) ? this.channel.lastError() : null;
	}

	/** How many messages the broker has not confirmed yet. */
	public int unconfirmed() {
		return this.channel.unconfirmed();
	}

	@Override
	public Collection<Peer> peers() {
		return this.link.peers();
	}

	@Override
	public EndpointLoad load() {
		return new EndpointLoad(0, 0, unconfirmed(), 0, 0);
	}

	@Override
	public Counters counters() {
		return this.counters;
	}

	@Override
	public CompletableFuture<Peer> whenConnected() {
		return this.link.whenConnected();
	}

	@Override
	public void send(@Nullable Object payload) {
		AmqpContent content = this.settings.codec().encode(payload);
		MessageObservation observation = this.settings.observe(Kind.SEND, payload, content.headers());
		try {
			this.channel.send(message(content));
			observation.end(null);
		}
		catch (RuntimeException ex) {
			observation.end(ex);
			throw ex;
		}
	}

	/**
	 * Publishes a message. Waits, at most the send timeout, for room in the window and
	 * for a broker that takes messages, unless {@code queue.on-full} says otherwise.
	 * @param payload a value, a {@link io.gestalt.message.Message}, or {@code null} for
	 * an empty message
	 * @return completes when the broker has confirmed the message, without confirms when
	 * it is written; fails with a {@link SendException}
	 */
	@Override
	public CompletableFuture<Void> sendAsync(@Nullable Object payload) {
		try {
			AmqpContent content = this.settings.codec().encode(payload);
			MessageObservation observation = this.settings.observe(Kind.SEND, payload, content.headers());
			return observation.follow(this.channel.publish(message(content)));
		}
		catch (CodecException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private AmqpMessage message(AmqpContent content) {
		boolean persistent = this.options.delivery() == PublisherOptions.Delivery.AT_LEAST_ONCE;
		return new AmqpMessage(this.options.exchange(),
				Objects.requireNonNullElse(content.routingKey(), this.options.routingKey()), this.options.mandatory(),
				content.properties(persistent).build(), content.body());
	}

	@Override
	public <R> CompletableFuture<R> request(@Nullable Object payload, Type replyType, @Nullable Duration timeout) {
		return CompletableFuture.failedFuture(new EndpointException(name(),
				"Endpoint '%s' publishes and gets no replies; a requester does".formatted(name())));
	}

}
