package io.gestalt.amqp;

import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.gestalt.endpoint.Reconnect;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/** Keeps one channel open, and opens another when it was lost. */
final class ChannelKeeper {

	private final ConnectionFactory connections;

	private final Reconnect reconnect;

	private final ScheduledExecutorService scheduler;

	private final User user;

	private boolean running;

	private boolean connecting;

	private int failures;

	private volatile @Nullable Channel channel;

	ChannelKeeper(ConnectionFactory connections, Reconnect reconnect, ScheduledExecutorService scheduler, User user) {
		this.connections = connections;
		this.reconnect = reconnect;
		this.scheduler = scheduler;
		this.user = user;
	}

	/** Tries once at once, and goes on trying in the background. */
	void start() {
		synchronized (this) {
			this.running = true;
			this.failures = 0;
		}
		connect();
	}

	private void connect() {
		synchronized (this) {
			if (!this.running || this.connecting || this.channel != null) {
				return;
			}
			this.connecting = true;
		}
		Channel opened = null;
		try {
			opened = AmqpConnections.open(this.connections);
			this.user.opened(opened);
		}
		catch (IOException | AmqpException | ShutdownSignalException ex) {
			abandon(opened);
			opened = null;
			this.user.failed(ex);
		}
		settle(opened);
	}

	private void settle(@Nullable Channel opened) {
		boolean wanted;
		synchronized (this) {
			this.connecting = false;
			wanted = this.running;
			if (wanted && opened == null) {
				retry();
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
	}

	private static void abandon(@Nullable Channel opened) {
		if (opened != null) {
			try {
				opened.abort();
			}
			catch (IOException ex) {
				// it is gone anyway
			}
		}
	}

	private void retry() {
		this.failures++;
		try {
			this.scheduler.schedule(this::connect, this.reconnect.delay(this.failures).toMillis(),
					TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			// the application is about to end
		}
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

	void stop() {
		Channel open;
		synchronized (this) {
			this.running = false;
			open = this.channel;
			this.channel = null;
		}
		if (open != null) {
			try {
				open.close();
			}
			catch (IOException | TimeoutException | ShutdownSignalException ex) {
				abandon(open);
			}
		}
	}

	/** What uses the channel. */
	interface User {

		/** Prepares a channel that nobody else knows yet. */
		void opened(Channel channel) throws IOException;

		/** The channel is gone without having been asked to. */
		void lost(ShutdownSignalException cause);

		/** Another attempt follows. */
		void failed(Exception cause);

	}

}
