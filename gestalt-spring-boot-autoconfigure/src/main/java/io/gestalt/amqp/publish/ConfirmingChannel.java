package io.gestalt.amqp.publish;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.gestalt.amqp.channel.ChannelKeeper;
import io.gestalt.amqp.connection.AmqpConnections;
import io.gestalt.amqp.connection.Aside;
import io.gestalt.amqp.content.AmqpMessage;
import io.gestalt.amqp.settings.AmqpResources;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.amqp.topology.Topology;
import io.gestalt.amqp.topology.TopologyException;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.gestalt.message.SendException;
import io.gestalt.transport.queue.OnFull;
import org.jspecify.annotations.Nullable;

/**
 * Publishes over a channel that is kept open, on the application's connection for what
 * publishes; with confirms (RabbitMQ's extension {@code confirm.select}) if so wished. No
 * more than a window of messages is unconfirmed at the same time. Safe for use by many
 * threads. What depends on a confirm runs on the thread that reads the connection, and
 * must not block: what it publishes is refused where others would wait.
 */
public final class ConfirmingChannel implements ChannelKeeper.User {

	private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

	private final AmqpSettings settings;

	private final SendLimits limits;

	private final Topology topology;

	private final Counters counters;

	private final ChannelKeeper.User owner;

	private final ChannelKeeper keeper;

	private final SendWatch watch;

	private final SendGate gate = new SendGate();

	private final Runnable watcher = this.gate::signal;

	private final Refusals refusals = new Refusals();

	private final MessageIds ids = new MessageIds();

	private volatile boolean running;

	private volatile @Nullable PublishingChannel open;

	private volatile @Nullable Throwable lastError;

	/**
	 * Creates a channel that is not yet open.
	 * @param settings name, connections, how long a message may take
	 * @param limits how much the channel takes
	 * @param topology what must be there before anything is published
	 * @param counters where every message is counted
	 * @param owner is told what happens to the channel
	 */
	public ConfirmingChannel(AmqpSettings settings, SendLimits limits, Topology topology, Counters counters,
			ChannelKeeper.User owner) {
		this.settings = settings;
		this.limits = limits;
		this.topology = topology;
		this.counters = counters;
		this.owner = owner;
		AmqpResources resources = settings.resources();
		this.keeper = new ChannelKeeper(resources.connections(), resources.reconnect(), resources.scheduler(), this);
		this.watch = new SendWatch(resources.scheduler(), this::sweep);
	}

	/**
	 * Opens the channel, or begins to try.
	 * @throws TopologyException if the broker has something else than what is needed
	 * @throws io.gestalt.amqp.topology.BrokerRefusalException if the broker does not let
	 * this application in
	 */
	public void start() {
		prepare();
		try {
			this.keeper.start();
		}
		catch (RuntimeException ex) {
			this.running = false;
			connections().unwatch(this.watcher);
			throw (ex instanceof TopologyException refusal) ? refusal.of(this.settings.name()) : ex;
		}
	}

	/** Begins to open the channel, and does not wait for that. */
	void begin() {
		prepare();
		this.keeper.begin();
	}

	private void prepare() {
		this.running = true;
		connections().watch(this.watcher);
	}

	/**
	 * Waits for what is unconfirmed, then closes the channel.
	 * @return how many messages nobody has confirmed
	 */
	public int stop(Duration grace) {
		this.running = false;
		this.gate.signal();
		long start = System.nanoTime();
		PublishingChannel last = this.open;
		while (last != null && last.usable() && last.count() > 0 && System.nanoTime() - start < grace.toNanos()) {
			LockSupport.parkNanos(PAUSE);
		}
		this.keeper.stop();
		connections().unwatch(this.watcher);
		last = use(null);
		if (last == null) {
			return 0;
		}
		last.end(new IOException("the endpoint was stopped"));
		return last.drop(new IOException("the endpoint was stopped"));
	}

	public EndpointState state() {
		PublishingChannel channel = this.open;
		if (!this.running) {
			return EndpointState.STOPPED;
		}
		if (channel == null || !channel.usable()) {
			return EndpointState.CONNECTING;
		}
		return (connections().blocked() != null) ? EndpointState.BLOCKED : EndpointState.READY;
	}

	/** What went wrong last, {@code null} if nothing did. */
	public @Nullable Throwable lastError() {
		return (state() == EndpointState.BLOCKED) ? connections().refusal() : this.lastError;
	}

	/** How many messages are unconfirmed. */
	public int unconfirmed() {
		PublishingChannel channel = this.open;
		return (channel != null) ? channel.count() : 0;
	}

	/**
	 * Publishes a message.
	 * @return completes when the broker has confirmed it, without confirms when it is
	 * written; fails with a {@link SendException} that says under which heading it was
	 * counted: REFUSED, DROPPED_NEWEST, NACKED, RETURNED, UNCONFIRMED, DROPPED_LOST
	 */
	public CompletableFuture<Void> publish(AmqpMessage message) {
		return offer(message);
	}

	/**
	 * Publishes a message without waiting for the broker.
	 * @throws SendException if it was refused
	 */
	public void send(AmqpMessage message) {
		offer(message).check();
	}

	private Publication offer(AmqpMessage message) {
		this.counters.increment(Counter.OFFERED);
		AmqpMessage known = message.mandatory() ? this.ids.identified(message) : message;
		Publication publication = new Publication(this.settings.name(),
				System.nanoTime() + this.settings.sendTimeout().toNanos(),
				known.mandatory() ? MessageIds.markOf(known) : null);
		try {
			while (!usable(publication.deadline()).publish(known, publication)) {
				Thread.onSpinWait();
			}
		}
		catch (SendException ex) {
			this.counters.increment(ex.reason());
			publication.fail(ex.reason(), String.valueOf(ex.getMessage()), ex.getCause());
		}
		return publication;
	}

	private PublishingChannel usable(long deadline) {
		PublishingChannel channel = usable();
		if (channel == null && this.limits.onFull() == OnFull.BLOCK) {
			this.gate.await(() -> !this.running || usable() != null, deadline);
			channel = usable();
		}
		if (channel == null) {
			throw unavailable();
		}
		return channel;
	}

	private @Nullable PublishingChannel usable() {
		PublishingChannel channel = this.open;
		return (this.running && channel != null && channel.usable() && connections().blocked() == null) ? channel
				: null;
	}

	private SendException unavailable() {
		String blocked = connections().blocked();
		String reason = !this.running ? "the endpoint is closed"
				: (blocked != null) ? "RabbitMQ takes none at present: " + blocked : "there is no connection";
		return new SendException(this.running ? this.limits.whenFull() : Counter.REFUSED,
				"message was refused because %s".formatted(reason), this.lastError);
	}

	private long sweep(long now) {
		PublishingChannel channel = this.open;
		if (channel == null) {
			return Long.MAX_VALUE;
		}
		if (channel.stuck(now)) {
			Aside.run("sever", () -> connections().sever(channel.channel()));
		}
		return channel.sweep(now);
	}

	@Override
	public void opened(Channel channel) throws IOException {
		this.topology.apply(connections().publishing(), this.settings.resources().topology());
		use(new PublishingChannel(channel, this.limits, this.counters, this.refusals, this.watch::arm));
		this.gate.signal();
		this.owner.opened(channel);
	}

	/**
	 * Publishes over another channel, if that was not closed meanwhile.
	 * @return the one before
	 */
	private synchronized @Nullable PublishingChannel use(@Nullable PublishingChannel next) {
		PublishingChannel last = this.open;
		if (next == null || next.channel().isOpen()) {
			this.open = next;
		}
		return last;
	}

	@Override
	public void lost(Channel channel, ShutdownSignalException cause) {
		this.lastError = cause;
		PublishingChannel last = this.open;
		if (last != null && last.channel() == channel) {
			release(last);
			last.end(cause);
			Aside.run("lost", () -> last.drop(cause));
		}
		this.owner.lost(channel, cause);
	}

	private synchronized void release(PublishingChannel last) {
		this.open = (this.open != last) ? this.open : null;
	}

	@Override
	public void failed(Exception cause, Duration retryIn) {
		this.lastError = cause;
		this.owner.failed(cause, retryIn);
	}

	private AmqpConnections connections() {
		return this.settings.resources().connections();
	}

}
