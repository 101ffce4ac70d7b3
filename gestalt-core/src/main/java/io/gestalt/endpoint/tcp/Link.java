package io.gestalt.endpoint.tcp;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.connect.Reconnect;
import io.gestalt.endpoint.framed.EndpointCore;
import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.message.Counter;
import io.gestalt.transport.CloseReason;
import io.gestalt.transport.Connection;
import io.gestalt.transport.ConnectionAcceptor;
import io.gestalt.transport.Receiver;
import io.gestalt.transport.queue.OutboundQueue;
import io.gestalt.transport.tcp.TcpClientTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;

/**
 * Keeps one connection to the first of some targets that can be reached. A round through
 * all targets goes without a wait, then the wait grows from round to round until a
 * connection has proved stable.
 */
final class Link {

	private static final Logger logger = LoggerFactory.getLogger(Link.class);

	private final Conversations conversations;

	private final EndpointCore core;

	private final TcpClientTransport transport;

	private final List<InetSocketAddress> targets;

	private final Reconnect reconnect;

	private final Runnable changed;

	private volatile OutboundQueue queue;

	private volatile @Nullable Conversation conversation;

	private volatile @Nullable Throwable lastError;

	private boolean running;

	/** Whether the next connection takes the place of one that was lost. */
	private boolean replacing;

	private volatile boolean dropped;

	private volatile boolean opening;

	private int next;

	private int rounds;

	private @Nullable Attempt attempt;

	private @Nullable Future<?> retry;

	Link(Conversations conversations, TcpClientTransport transport, List<InetSocketAddress> targets,
			Reconnect reconnect, Runnable changed) {
		this.conversations = conversations;
		this.core = conversations.core();
		this.transport = transport;
		this.targets = targets;
		this.reconnect = reconnect;
		this.changed = changed;
		this.queue = conversations.newQueue();
	}

	List<InetSocketAddress> targets() {
		return this.targets;
	}

	OutboundQueue queue() {
		return this.queue;
	}

	boolean connected() {
		return this.conversation != null;
	}

	/** Why there is no connection, as far as that is known. */
	@Nullable Throwable lastError() {
		return this.lastError;
	}

	/** Whether what waits has a connection soon, or nothing will come of it. */
	boolean opening() {
		return this.opening;
	}

	/** Takes messages; to {@link #connect} is another step. */
	synchronized void start() {
		this.running = true;
		if (this.dropped) {
			this.queue = this.conversations.newQueue();
			this.dropped = false;
		}
		this.next = 0;
		this.rounds = 0;
		this.replacing = false;
		this.conversation = null;
		this.lastError = null;
	}

	/** Connects no more; what is connected stays. */
	synchronized void stop() {
		this.running = false;
		if (this.retry != null) {
			this.retry.cancel(false);
		}
		if (this.attempt != null) {
			this.attempt.cancel();
			this.attempt = null;
		}
	}

	/** Drops what still waits to be sent, and refuses what comes until the next start. */
	void drop() {
		this.queue.close("Endpoint '%s' has stopped".formatted(this.core.name()));
		this.dropped = true;
	}

	synchronized void connect() {
		boolean underWay = this.attempt != null || this.conversation != null;
		if (this.running && !underWay) {
			this.attempt = new Attempt(this.targets.get(this.next));
			this.attempt.open();
		}
	}

	private synchronized void failed(Attempt failed, @Nullable Throwable cause) {
		if (this.attempt != failed || !this.running) {
			return;
		}
		this.attempt = null;
		this.lastError = cause;
		this.core.counters().increment(Counter.CONNECT_FAILED);
		Duration delay = again();
		logger.debug("Endpoint '{}' cannot connect to {}, tries again in {}", this.core.name(), failed.target, delay,
				cause);
		this.core.publish(new EndpointEvent.ConnectFailed(this.core.name(), failed.target, delay, cause));
	}

	private Duration again() {
		this.next = (this.next + 1) % this.targets.size();
		Duration delay = (this.next == 0) ? this.reconnect.delay(++this.rounds) : Duration.ZERO;
		this.retry = this.conversations.timers()
			.schedule(this.core.watched(this::connect), delay.toNanos(), TimeUnit.NANOSECONDS);
		return delay;
	}

	private synchronized void lost(Attempt lost, Conversation gone) {
		if (this.conversation != gone) {
			return;
		}
		this.conversation = null;
		if (!this.running) {
			return;
		}
		this.replacing = true;
		if (System.nanoTime() - lost.connectedAt >= this.reconnect.maxInterval().toNanos()) {
			this.rounds = 0;
			this.next = this.targets.size() - 1;
		}
		again();
	}

	private void connected(Conversation opened) {
		this.conversation = opened;
		this.lastError = null;
		this.attempt = null;
		if (this.replacing) {
			this.replacing = false;
			this.core.counters().increment(Counter.RECONNECTED);
		}
	}

	/** One try to connect, and the connection that came of it. */
	private final class Attempt implements ConnectionAcceptor, Conversation.Owner {

		private final InetSocketAddress target;

		private volatile @Nullable CompletableFuture<Disposable> opening;

		private volatile long connectedAt;

		Attempt(InetSocketAddress target) {
			this.target = target;
		}

		void open() {
			CompletableFuture<Disposable> future = Link.this.transport.connect(this.target, this);
			this.opening = future;
			future.whenComplete((done, failure) -> {
				if (failure != null) {
					Link.this.core.watched(() -> Link.this.failed(this, failure)).run();
				}
			});
		}

		void cancel() {
			CompletableFuture<Disposable> future = this.opening;
			if (future != null && !future.cancel(false) && !future.isCompletedExceptionally()) {
				future.join().dispose();
			}
		}

		private boolean wanted() {
			synchronized (Link.this) {
				return Link.this.attempt == this && Link.this.running;
			}
		}

		@Override
		public Receiver accept(Connection connection) {
			this.connectedAt = System.nanoTime();
			if (!wanted()) {
				return Link.this.conversations.refuse(connection, Link.this.queue, this);
			}
			Link.this.opening = true;
			Conversation opened = Link.this.conversations.open(connection, Link.this.queue, this);
			boolean wanted;
			synchronized (Link.this) {
				wanted = wanted();
				if (wanted) {
					Link.this.connected(opened);
				}
			}
			Link.this.opening = false;
			if (!wanted) {
				connection.close(CloseReason.STOPPED, null);
			}
			Link.this.changed.run();
			return opened;
		}

		@Override
		public void failed(@Nullable SocketAddress remote, CloseReason reason, @Nullable Throwable cause) {
			if (reason == CloseReason.TLS_FAILED && wanted()) {
				Link.this.conversations.handshakeFailed(this.target, cause);
			}
			Link.this.failed(this, cause);
		}

		@Override
		public boolean keepsQueue() {
			return true;
		}

		@Override
		public void gone(Conversation gone, CloseReason reason) {
			Link.this.lost(this, gone);
			Link.this.changed.run();
		}

	}

}
