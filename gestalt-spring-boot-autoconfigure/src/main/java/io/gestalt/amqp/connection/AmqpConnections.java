package io.gestalt.amqp.connection;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

import com.rabbitmq.client.BlockedListener;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.impl.NetworkConnection;
import io.gestalt.message.GestaltException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.connection.AbstractConnectionFactory;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/**
 * The application's connections to RabbitMQ: one for what is consumed, and one for what
 * is published, so that a broker that stops reading publishers does not silence
 * consumers.
 */
public final class AmqpConnections {

	private static final Logger logger = LoggerFactory.getLogger(AmqpConnections.class);

	private final ConnectionFactory consuming;

	private final ConnectionFactory publishing;

	private final @Nullable OpenSockets sockets;

	private final FirstContact firstContact = new FirstContact();

	private final Set<Runnable> watchers = new CopyOnWriteArraySet<>();

	private volatile @Nullable String blocked;

	private boolean open;

	/**
	 * Shares the connections of a factory.
	 * @param factory Spring's connection factory
	 */
	public AmqpConnections(ConnectionFactory factory) {
		this.consuming = factory;
		ConnectionFactory publisher = factory.getPublisherConnectionFactory();
		this.publishing = (publisher != null) ? publisher : factory;
		this.sockets = (this.publishing instanceof AbstractConnectionFactory known)
				? OpenSockets.of(known.getRabbitConnectionFactory()) : null;
		if (factory instanceof AbstractConnectionFactory known) {
			BrokenCalls.watch(known.getRabbitConnectionFactory());
		}
		this.consuming.addConnectionListener(this::opened);
		this.publishing.addConnectionListener(this::opened);
		this.publishing.addConnectionListener(this::created);
		open();
	}

	/** Allows connections, as is the case from the beginning. */
	public synchronized void open() {
		if (!this.open && this.sockets != null) {
			this.sockets.use();
		}
		this.open = true;
	}

	private void opened(@Nullable Connection connection) {
		this.firstContact.made();
		if (this.sockets != null && connection != null
				&& connection.getDelegate() instanceof NetworkConnection network) {
			this.sockets.opened(network);
		}
	}

	/** For what consumes, such as a listener container. */
	public ConnectionFactory consuming() {
		return this.consuming;
	}

	/** For what publishes. */
	public ConnectionFactory publishing() {
		return this.publishing;
	}

	/** How long is waited for the broker at the start. */
	public FirstContact firstContact() {
		return this.firstContact;
	}

	/** Where the broker is, as the configuration says. */
	public InetSocketAddress address() {
		return InetSocketAddress.createUnresolved(Objects.requireNonNullElse(this.publishing.getHost(), ""),
				Math.max(0, this.publishing.getPort()));
	}

	/** Whether they use TLS. */
	public boolean secured() {
		return this.publishing instanceof AbstractConnectionFactory known && known.getRabbitConnectionFactory().isSSL();
	}

	/** Why the broker does not take messages at present, {@code null} if it does. */
	public @Nullable String blocked() {
		return this.blocked;
	}

	/** The same for people, {@code null} if the broker takes messages. */
	public @Nullable GestaltException refusal() {
		String reason = this.blocked;
		return (reason != null) ? new GestaltException("RabbitMQ takes none at present: " + reason) : null;
	}

	/** Is run when the broker begins or ceases to take messages. */
	public void watch(Runnable watcher) {
		this.watchers.add(watcher);
	}

	public void unwatch(Runnable watcher) {
		this.watchers.remove(watcher);
	}

	private void created(@Nullable Connection connection) {
		changed(null);
		if (connection == null) {
			return;
		}
		connection.addBlockedListener(new BlockedListener() {

			@Override
			public void handleBlocked(String reason) {
				logger.warn("RabbitMQ takes no messages: {}", reason);
				changed(reason);
			}

			@Override
			public void handleUnblocked() {
				logger.info("RabbitMQ takes messages again");
				changed(null);
			}

		});
	}

	private void changed(@Nullable String reason) {
		this.blocked = reason;
		this.watchers.forEach(Runnable::run);
	}

	/**
	 * Opens a channel of its own, that no cache knows, on a connection which is opened if
	 * need be.
	 * @throws org.springframework.amqp.AmqpException if the broker cannot be reached
	 */
	public static Channel open(ConnectionFactory factory) throws IOException {
		return open(factory.createConnection().getDelegate());
	}

	/** Opens a channel of its own on a connection. */
	public static Channel open(com.rabbitmq.client.Connection connection) throws IOException {
		Channel channel = connection.createChannel();
		if (channel == null) {
			throw new IOException("RabbitMQ allows no more channels on this connection");
		}
		return channel;
	}

	/**
	 * Ends attempts to connect: Spring's connection factory waits for them before it is
	 * closed itself, and a broker that does not answer takes its time.
	 */
	public synchronized void close() {
		try {
			if (this.open && this.sockets != null) {
				this.sockets.leave();
			}
		}
		catch (IOException ex) {
			logger.debug("A socket could not be closed", ex);
		}
		this.open = false;
	}

	/** Ends the connection of a channel, even if the broker has stopped reading it. */
	public void sever(Channel channel) {
		try {
			if (this.sockets != null && channel.getConnection() instanceof NetworkConnection connection) {
				this.sockets.close(connection);
			}
		}
		catch (IOException ex) {
			logger.debug("A socket could not be closed", ex);
		}
	}

}
