package io.gestalt.amqp.channel;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.gestalt.amqp.connection.AmqpConnections;
import io.gestalt.amqp.connection.Aside;
import io.gestalt.amqp.topology.BrokerRefusalException;
import io.gestalt.endpoint.tcp.Reconnect;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/** Keeps one channel open, and opens another when it was lost. */
public final class ChannelKeeper {

	/** A broker that does not answer at once may answer later. */
	private static final Duration FIRST_ATTEMPT = Duration.ofSeconds(5);

	private static final Duration GOODBYE = Duration.ofSeconds(1);

	private final ConnectionFactory connections;

	private final Reconnect reconnect;

	private final ScheduledExecutorService scheduler;

	private final User user;

	private boolean running;

	private boolean connecting;

	private int failures;

	private volatile @Nullable Channel channel;

	public ChannelKeeper(ConnectionFactory connections, Reconnect reconnect, ScheduledExecutorService scheduler,
			User user) {
		this.connections = connections;
		this.reconnect = reconnect;
		this.scheduler = scheduler;
		this.user = user;
	}

	/**
	 * Tries once at once, and goes on trying in the background.
	 * @throws io.gestalt.amqp.topology.TopologyException if the broker has something else
	 * than what is needed
	 * @throws io.gestalt.amqp.topology.BrokerRefusalException if the broker does not let
	 * this application in
	 */
	public void start() {
		synchronized (this) {
			this.running = true;
			this.failures = 0;
		}
		try {
			attempt().get(FIRST_ATTEMPT.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			// whatever comes of it, the next attempt is scheduled
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (java.util.concurrent.ExecutionException ex) {
			stop();
			throw (ex.getCause() instanceof RuntimeException refusal) ? refusal : new CompletionException(ex);
		}
	}

	/**
	 * To connect may take as long as the network likes, so it has a thread of its own.
	 */
	private CompletableFuture<@Nullable Void> attempt() {
		CompletableFuture<@Nullable Void> outcome = new CompletableFuture<>();
		Aside.run("connect", () -> {
			try {
				connect();
				outcome.complete(null);
			}
			catch (RuntimeException ex) {
				outcome.completeExceptionally(ex);
			}
		});
		return outcome;
	}

	private void connect() {
		synchronized (this) {
			if (!this.running || this.connecting || this.channel != null) {
				return;
			}
			this.connecting = true;
		}
		Channel opened = null;
		Exception failure = null;
		try {
			opened = AmqpConnections.open(this.connections);
			this.user.opened(opened);
		}
		catch (IOException | RuntimeException ex) {
			abandon(opened);
			opened = null;
			failure = ex;
		}
		Duration delay = settle(opened);
		if (failure != null) {
			this.user.failed(failure, delay);
			BrokerRefusalException.check(failure, this.connections);
		}
	}

	private Duration settle(@Nullable Channel opened) {
		boolean wanted;
		Duration delay = Duration.ZERO;
		synchronized (this) {
			this.connecting = false;
			wanted = this.running;
			if (wanted && opened == null) {
				delay = retry();
			}
			if (wanted && opened != null) {
				this.channel = opened;
				this.failures = 0;
			}
		}
		if (opened != null && wanted) {
			opened.addShutdownListener((cause) -> lost(opened, cause));
		}
		else {
			abandon(opened);
		}
		return delay;
	}

	private static void abandon(@Nullable Channel opened) {
		if (opened != null && opened.isOpen()) {
			try {
				opened.abort();
			}
			catch (IOException | RuntimeException ex) {
				// it is gone anyway
			}
		}
	}

	private Duration retry() {
		this.failures++;
		Duration delay = this.reconnect.delay(this.failures);
		try {
			this.scheduler.schedule(this::attempt, delay.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			// the application is about to end
		}
		return delay;
	}

	private void lost(Channel lost, ShutdownSignalException cause) {
		synchronized (this) {
			if (this.channel != lost) {
				return;
			}
			this.channel = null;
			if (this.running) {
				retry();
			}
		}
		this.user.lost(cause);
	}

	/** The channel, {@code null} while there is none. */
	@Nullable Channel channel() {
		return this.channel;
	}

	/** Closes the channel; a broker that does not read is not waited for. */
	public void stop() {
		Channel open;
		synchronized (this) {
			this.running = false;
			open = this.channel;
			this.channel = null;
		}
		if (open == null) {
			return;
		}
		try {
			Aside.run("close", () -> abandon(open)).join(GOODBYE.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** What uses the channel. */
	public interface User {

		/**
		 * Prepares a channel that nobody else knows yet.
		 * @throws IOException if that fails; another attempt follows
		 */
		void opened(Channel channel) throws IOException;

		/** The channel is gone without having been asked to. */
		void lost(ShutdownSignalException cause);

		/** Another attempt follows. */
		void failed(Exception cause, Duration retryIn);

	}

}
