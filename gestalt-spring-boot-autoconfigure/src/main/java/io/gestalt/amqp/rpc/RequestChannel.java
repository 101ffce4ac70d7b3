package io.gestalt.amqp.rpc;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.Return;
import com.rabbitmq.client.ShutdownSignalException;
import io.gestalt.amqp.channel.ChannelKeeper;
import io.gestalt.amqp.connection.AmqpConnections;
import io.gestalt.amqp.connection.Aside;
import io.gestalt.amqp.settings.AmqpResources;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.amqp.settings.RequesterOptions;
import io.gestalt.amqp.topology.TopologyException;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests and takes their replies over one channel, that of the application's
 * connection for what publishes: a broker that does not read there goes on to deliver.
 * What cannot be sent at present waits for the next channel; what was sent over one that
 * is gone is lost.
 */
public final class RequestChannel implements ChannelKeeper.User {

	private static final Logger logger = LoggerFactory.getLogger(RequestChannel.class);

	private final AmqpSettings settings;

	private final RequesterOptions options;

	private final RequestOutcomes outcomes;

	private final RequestWindow window;

	private final PendingReplies pending;

	private final Counters counters;

	private final ChannelKeeper.User owner;

	private final ChannelKeeper keeper;

	private final String queues;

	private final Runnable watcher;

	private final AtomicInteger opened = new AtomicInteger();

	private volatile @Nullable RequestLine line;

	private volatile @Nullable Throwable lastError;

	/**
	 * Creates a channel that is not yet open.
	 * @param settings those of the endpoint
	 * @param options whom to ask, and how
	 * @param counters where every request is counted
	 * @param owner is told what happens to the channel
	 */
	public RequestChannel(AmqpSettings settings, RequesterOptions options, Counters counters,
			ChannelKeeper.User owner) {
		this.owner = owner;
		this.settings = settings;
		this.options = options;
		this.counters = counters;
		this.outcomes = new RequestOutcomes(settings, options.service(), counters);
		this.window = new RequestWindow(settings, options);
		AmqpResources resources = settings.resources();
		this.pending = new PendingReplies(this.window, resources.scheduler(), this::timedOut);
		this.keeper = new ChannelKeeper(resources.connections(), resources.reconnect(), resources.scheduler(), this);
		this.watcher = () -> Aside.run("unblocked", this::catchUp);
		this.queues = "gestalt.replies.%s.%s.".formatted(settings.name(), UUID.randomUUID());
	}

	/**
	 * Opens the channel, or begins to try.
	 * @throws TopologyException if the broker has something else than what is needed
	 * @throws io.gestalt.amqp.topology.BrokerRefusalException if the broker does not let
	 * this application in
	 */
	public void start() {
		connections().watch(this.watcher);
		try {
			this.keeper.start();
		}
		catch (RuntimeException ex) {
			connections().unwatch(this.watcher);
			throw (ex instanceof TopologyException refusal) ? refusal.of(this.settings.name()) : ex;
		}
	}

	private AmqpConnections connections() {
		return this.settings.resources().connections();
	}

	/**
	 * Sends a request, now or when there is a channel.
	 * @throws io.gestalt.message.SendException if too many are under way
	 */
	public PendingReply send(PendingReply.Call call) {
		this.window.enter();
		PendingReply request = this.pending.add(call);
		RequestLine open = usable();
		if (open != null) {
			write(open, request);
		}
		return request;
	}

	private @Nullable RequestLine usable() {
		return (connections().blocked() == null) ? this.line : null;
	}

	/** Sends what could not be sent before. */
	private void catchUp() {
		RequestLine open = usable();
		if (open != null) {
			this.pending.find(PendingReply::isUnsent).forEach((request) -> write(open, request));
		}
	}

	private void write(RequestLine open, PendingReply request) {
		try {
			if (open.write(request)) {
				this.counters.increment(Counter.SENT);
			}
			else {
				writeElsewhere(open, request);
			}
		}
		catch (IOException | ShutdownSignalException ex) {
			if (this.pending.take(request)) {
				this.outcomes.lost(request, ex);
			}
		}
		catch (RuntimeException ex) {
			if (this.pending.take(request)) {
				this.outcomes.refused(request, ex);
			}
		}
	}

	/** The next channel may have been opened while the last was tried. */
	private void writeElsewhere(RequestLine closed, PendingReply request) {
		RequestLine next = usable();
		if (next != null && next != closed && request.isUnsent()) {
			write(next, request);
		}
	}

	@Override
	public void opened(Channel channel) throws IOException {
		this.settings.topology().apply(connections().publishing(), this.settings.resources().topology());
		int number = this.opened.incrementAndGet();
		RequestLine open = RequestLine.open(channel, this.options, number, this.queues + number);
		channel.addReturnListener(this::returned);
		channel.basicConsume(open.queue(), true, new Replies(channel, open));
		use(open);
		this.owner.opened(channel);
		catchUp();
	}

	/** A channel that was closed meanwhile is of no use. */
	private synchronized void use(RequestLine open) {
		this.line = open.channel().isOpen() ? open : this.line;
	}

	private synchronized @Nullable RequestLine release(Channel channel) {
		RequestLine gone = this.line;
		if (gone == null || gone.channel() != channel) {
			return null;
		}
		this.line = null;
		return gone;
	}

	@Override
	public void lost(Channel channel, ShutdownSignalException cause) {
		RequestLine gone = release(channel);
		this.lastError = cause;
		if (gone != null) {
			// The last write may yet find that its request has not gone out.
			Aside.run("lost", () -> gone.betweenWrites(() -> this.pending
				.take((request) -> request.line() == gone.number(), (request) -> this.outcomes.lost(request, cause))));
		}
		this.owner.lost(channel, cause);
	}

	@Override
	public void failed(Exception cause, Duration retryIn) {
		this.lastError = cause;
		this.owner.failed(cause, retryIn);
	}

	private void timedOut(PendingReply request) {
		this.outcomes.timedOut(request);
		RequestLine open = this.line;
		if (open != null && open.isStuck()) {
			Aside.run("sever", () -> connections().sever(open.channel()));
		}
	}

	public EndpointState state() {
		if (this.line == null) {
			return EndpointState.CONNECTING;
		}
		return (connections().blocked() != null) ? EndpointState.BLOCKED : EndpointState.READY;
	}

	/** What went wrong last, {@code null} if nothing did. */
	public @Nullable Throwable lastError() {
		return (state() == EndpointState.BLOCKED) ? connections().refusal() : this.lastError;
	}

	/** On the thread that reads the connection. */
	private void returned(Return message) {
		PendingReply request = this.pending.take(message.getProperties().getCorrelationId());
		if (request != null) {
			this.outcomes.returned(request, message.getReplyText());
		}
	}

	/** How many requests are under way. */
	public int size() {
		return this.pending.size();
	}

	/**
	 * Closes the channel, and gives up what is under way.
	 * @return how many requests that were
	 */
	public int stop() {
		connections().unwatch(this.watcher);
		this.keeper.stop();
		this.line = null;
		return this.pending.take((request) -> true, this.outcomes::stopped);
	}

	/** Takes what comes to the queue for replies. */
	private final class Replies extends DefaultConsumer {

		private final RequestLine open;

		Replies(Channel channel, RequestLine open) {
			super(channel);
			this.open = open;
		}

		@Override
		public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
			RequestChannel.this.counters.increment(Counter.RECEIVED);
			RequestChannel.this.counters.add(Counter.RECEIVED_BYTES, body.length);
			PendingReply request = RequestChannel.this.pending.take(properties.getCorrelationId());
			if (request == null) {
				RequestChannel.this.counters.increment(Counter.LATE_REPLIES);
				return;
			}
			RequestChannel.this.window.delivering(Thread.currentThread());
			try {
				RequestChannel.this.outcomes.arrived(request, properties, body);
			}
			catch (RuntimeException ex) {
				logger.warn("Endpoint '{}' failed on a reply", RequestChannel.this.settings.name(), ex);
				request.completeExceptionally(ex);
			}
			finally {
				RequestChannel.this.window.delivering(null);
			}
		}

		/** The queue is gone. */
		@Override
		public void handleCancel(String tag) {
			logger.warn("Endpoint '{}' was told that queue '{}' is gone, and opens another",
					RequestChannel.this.settings.name(), this.open.queue());
			this.open.close();
		}

	}

}
