package io.gestalt.amqp;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.gestalt.amqp.channel.BrokerLink;
import io.gestalt.amqp.content.AmqpContent;
import io.gestalt.amqp.content.AmqpMessage;
import io.gestalt.amqp.publish.Outgoing;
import io.gestalt.amqp.rpc.PendingReply;
import io.gestalt.amqp.rpc.RequestChannel;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.amqp.settings.RequesterOptions;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointLoad;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.endpoint.StopReport;
import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.gestalt.message.Peer;
import io.gestalt.message.SendException;
import io.gestalt.observation.MessageObservation;
import io.gestalt.observation.MessageObserver.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Asks a service and waits for replies, many at the same time. A request ends with
 *
 * <ul>
 * <li>its reply,
 * <li>a {@link io.gestalt.message.RemoteException} if the service answers with an error,
 * <li>a {@link io.gestalt.endpoint.RequestRejectedException} if it refuses to answer,
 * <li>a {@link io.gestalt.endpoint.RequestExpiredException} if it was too busy to begin,
 * <li>a {@link io.gestalt.endpoint.RequestTimeoutException} if it began, and took too
 * long, or if there was no connection for so long,
 * <li>a {@link SendException} if there is no such service ({@code RETURNED}), the
 * connection was lost ({@code DROPPED_LOST}) or too many requests are under way
 * ({@code REFUSED}).
 * </ul>
 *
 * What depends on a reply runs on the thread that delivers replies, and must not block.
 * To {@link #send} is to ask for no reply: the message is delivered when the broker has
 * confirmed that the queue of the service has it.
 */
public final class AmqpRequester implements SendingEndpoint {

	private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

	private final AmqpSettings settings;

	private final RequesterOptions options;

	private final Counters counters = new Counters();

	private final BrokerLink link;

	private final RequestChannel requests;

	private final Outgoing outgoing;

	private final AmqpLifecycle lifecycle;

	/**
	 * Creates a requester that is closed.
	 * @param settings what all AMQP endpoints need
	 * @param options whom to ask, and how
	 */
	public AmqpRequester(AmqpSettings settings, RequesterOptions options) {
		this.settings = settings;
		this.options = options;
		this.lifecycle = new AmqpLifecycle(settings);
		this.link = new BrokerLink(this, settings);
		this.requests = new RequestChannel(settings, options, this.counters, this.link);
		this.outgoing = new Outgoing(settings, this.counters);
	}

	@Override
	public AmqpSettings settings() {
		return this.settings;
	}

	/**
	 * Opens the endpoint, as soon as the broker is there.
	 * @throws io.gestalt.amqp.topology.TopologyException if the broker refuses its
	 * exchanges
	 * @throws io.gestalt.amqp.topology.BrokerRefusalException if the broker does not let
	 * this application in
	 */
	@Override
	public void start() {
		this.lifecycle.start(() -> {
			this.requests.start();
			this.outgoing.start();
		});
	}

	@Override
	public StopReport stop(Duration grace) {
		return this.lifecycle.stop(grace, (period) -> {
			while (this.requests.size() > 0 && !period.left().isZero()) {
				LockSupport.parkNanos(PAUSE);
			}
			int unanswered = this.requests.stop();
			int unconfirmed = this.outgoing.stop(period.left());
			this.link.stopped();
			return new StopReport(0, 0, unanswered + unconfirmed, period.elapsed());
		});
	}

	@Override
	public boolean running() {
		return this.lifecycle.running();
	}

	/** Whether it can ask. */
	@Override
	public EndpointState state() {
		return running() ? this.requests.state() : EndpointState.STOPPED;
	}

	/** What went wrong last, {@code null} if nothing did, or that is over. */
	@Override
	public @Nullable Throwable lastError() {
		return (state() != EndpointState.READY) ? this.requests.lastError() : null;
	}

	/** How many requests are under way. */
	public int pending() {
		return this.requests.size();
	}

	/** The broker, while it is there. */
	@Override
	public Collection<Peer> peers() {
		return this.link.peers();
	}

	@Override
	public EndpointLoad load() {
		return new EndpointLoad(0, 0, 0, 0, pending());
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
		checkRunning();
		AmqpContent content = this.settings.codec().encode(payload);
		MessageObservation observation = this.settings.observe(Kind.SEND, payload, content.headers());
		try {
			this.outgoing.send(message(content));
			observation.end(null);
		}
		catch (RuntimeException ex) {
			observation.end(ex);
			throw ex;
		}
	}

	@Override
	public CompletableFuture<Void> sendAsync(@Nullable Object payload) {
		try {
			checkRunning();
			AmqpContent content = this.settings.codec().encode(payload);
			MessageObservation observation = this.settings.observe(Kind.SEND, payload, content.headers());
			return observation.follow(this.outgoing.publish(message(content)));
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private AmqpMessage message(AmqpContent content) {
		return new AmqpMessage(this.options.exchange(), this.options.service(), true, content.properties(true).build(),
				content.body());
	}

	@Override
	@SuppressWarnings("unchecked")
	public <R> CompletableFuture<R> request(@Nullable Object payload, Type replyType, @Nullable Duration timeout) {
		long start = System.nanoTime();
		MessageObservation observation = MessageObservation.NONE;
		try {
			AmqpContent content = this.settings.codec().encode(payload);
			this.counters.increment(Counter.OFFERED);
			checkRunning();
			observation = this.settings.observe(Kind.REQUEST, payload, content.headers());
			return (CompletableFuture<R>) observation.follow(this.requests.send(new PendingReply.Call(content,
					replyType, (timeout != null) ? timeout : this.options.requestTimeout(), start)));
		}
		catch (RuntimeException ex) {
			if (ex instanceof SendException refusal) {
				this.counters.increment(refusal.reason());
			}
			observation.end(ex);
			return CompletableFuture.failedFuture(ex);
		}
	}

	private void checkRunning() {
		if (!running()) {
			throw new SendException(Counter.REFUSED, "Endpoint '%s' is not running".formatted(name()));
		}
	}

}
