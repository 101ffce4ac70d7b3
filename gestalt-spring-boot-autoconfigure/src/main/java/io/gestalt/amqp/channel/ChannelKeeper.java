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
import io.gestalt.amqp.connection.Channels;
import io.gestalt.amqp.connection.FirstContact;
import io.gestalt.amqp.connection.ReadingThread;
import io.gestalt.amqp.topology.BrokerRefusalException;
import io.gestalt.endpoint.connect.Reconnect;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/** Keeps one channel open, and opens another when it was lost. */
public final class ChannelKeeper {

	/** A broker that does not answer at once may answer later. */
	private static final Duration FIRST_ATTEMPT = Duration.ofSeconds(5);

	private static final Duration GOODBYE = Duration.ofSeconds(1);

	private final ConnectionFactory connections;

	private final FirstContact contact;

	private final Reconnect reconnect;

	private final ScheduledExecutorService scheduler;

	private final User user;

	/** Grows with every start and stop: what an earlier one has begun is not wanted. */
	private int generation;

	private int failures;

	private @Nullable Channel channel;

	public ChannelKeeper(AmqpConnections connections, Reconnect reconnect, ScheduledExecutorService scheduler,
			User user) {
		this.connections = connections.publishing();
		this.contact = connections.firstContact();
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
		Duration patience = this.contact.patience();
		Duration wait = (patience.compareTo(FIRST_ATTEMPT) < 0) ? patience : FIRST_ATTEMPT;
		try {
			begin().get(wait.toMillis(), TimeUnit.MILLISECONDS);
			if (open()) {
				this.contact.made();
			}
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
	 * Tries at once, and goes on trying, all in the background.
	 * @return completes with the first attempt
	 */
	public CompletableFuture<@Nullable Void> begin() {
		int current;
		synchronized (this) {
			current = ++this.generation;
			this.failures = 0;
		}
		return attempt(current);
	}

	/**
	 * To connect may take as long as the network likes, so it has a thread of its own.
	 */
	private CompletableFuture<@Nullable Void> attempt(int current) {
		CompletableFuture<@Nullable Void> outcome = new CompletableFuture<>();
		Aside.run("connect", () -> {
			try {
				connect(current);
				outcome.complete(null);
			}
			catch (RuntimeException ex) {
				outcome.completeExceptionally(ex);
			}
			catch (Error ex) {
				failed(current, new IllegalStateException("Connecting ended with an error: " + ex, ex));
				outcome.completeExceptionally(ex);
				throw ex;
			}
		});
		return outcome;
	}

	private void connect(int current) {
		if (!wanted(current)) {
			return;
		}
		Channel opened = null;
		try {
			opened = AmqpConnections.open(this.connections);
			if (!claim(current, opened)) {
				Channels.abandon(opened);
				return;
			}
			this.user.opened(opened);
		}
		catch (IOException | RuntimeException ex) {
			Channels.abandon(opened);
			failed(current, ex);
			return;
		}
		follow(current, opened);
	}

	private synchronized boolean wanted(int current) {
		return current == this.generation;
	}

	private synchronized boolean open() {
		return this.channel != null;
	}

	/** From now on a stop closes the channel. */
	private synchronized boolean claim(int current, Channel opened) {
		boolean wanted = wanted(current);
		this.channel = wanted ? opened : this.channel;
		return wanted;
	}

	private void follow(int current, Channel opened) {
		synchronized (this) {
			this.failures = wanted(current) ? 0 : this.failures;
		}
		opened.addShutdownListener((cause) -> lost(current, opened, cause));
	}

	private void failed(int current, Exception cause) {
		Duration delay;
		synchronized (this) {
			if (!wanted(current)) {
				return;
			}
			this.channel = null;
			delay = nextDelay();
		}
		this.user.failed(cause, delay);
		retry(current, delay);
		BrokerRefusalException.check(cause, this.connections);
	}

	private void lost(int current, Channel lost, ShutdownSignalException cause) {
		Duration delay;
		synchronized (this) {
			if (this.channel != lost) {
				return;
			}
			this.channel = null;
			delay = nextDelay();
		}
		ReadingThread.tell(() -> this.user.lost(lost, cause));
		retry(current, delay);
	}

	private Duration nextDelay() {
		this.failures++;
		return this.reconnect.delay(this.failures);
	}

	private void retry(int current, Duration delay) {
		try {
			this.scheduler.schedule(() -> attempt(current), delay.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			// the application is about to end
		}
	}

	/** Closes the channel; a broker that does not read is not waited for. */
	public void stop() {
		Channel open;
		synchronized (this) {
			this.generation++;
			open = this.channel;
			this.channel = null;
		}
		if (open == null) {
			return;
		}
		try {
			Aside.run("close", () -> Channels.abandon(open)).join(GOODBYE.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** What uses the channel. */
	public interface User {

		/**
		 * Prepares a channel that nobody else knows yet. It is closed meanwhile if it is
		 * not wanted any more.
		 * @throws IOException if that fails; another attempt follows
		 */
		void opened(Channel channel) throws IOException;

		/** A channel is gone without having been asked to; another is opened later. */
		void lost(Channel channel, ShutdownSignalException cause);

		/** No channel was opened; another attempt follows. */
		void failed(Exception cause, Duration retryIn);

	}

}
