package io.gestalt.boot.test.amqp.broker;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.connection.ConnectionListener;
import org.springframework.amqp.rabbit.connection.SimpleConnection;

/** One connection to a broker in memory for what consumes, and one for what publishes. */
public final class MemoryConnectionFactory implements ConnectionFactory, AutoCloseable {

	private static final int CLOSE_MILLIS = 1000;

	private final MemoryBroker broker;

	private final List<ConnectionListener> listeners = new CopyOnWriteArrayList<>();

	private final @Nullable MemoryConnectionFactory publisher;

	private @Nullable MemoryAmqpConnection connection;

	/** Makes the factory of a broker, which both end together. */
	public MemoryConnectionFactory(MemoryBroker broker) {
		this(broker, new MemoryConnectionFactory(broker, null));
	}

	private MemoryConnectionFactory(MemoryBroker broker, @Nullable MemoryConnectionFactory publisher) {
		this.broker = broker;
		this.publisher = publisher;
	}

	@Override
	public @Nullable ConnectionFactory getPublisherConnectionFactory() {
		return this.publisher;
	}

	@Override
	public Connection createConnection() {
		MemoryAmqpConnection current;
		boolean created = false;
		synchronized (this) {
			current = this.connection;
			if (current == null || !current.isOpen()) {
				current = new MemoryAmqpConnection(this.broker);
				this.connection = current;
				created = true;
			}
		}
		Connection spring = new SimpleConnection(current.proxy(), CLOSE_MILLIS);
		if (created) {
			this.listeners.forEach((listener) -> listener.onCreate(spring));
		}
		return spring;
	}

	@Override
	public String getHost() {
		return "memory";
	}

	@Override
	public int getPort() {
		return 0;
	}

	@Override
	public String getVirtualHost() {
		return "/";
	}

	@Override
	public String getUsername() {
		return "guest";
	}

	@Override
	public void addConnectionListener(ConnectionListener listener) {
		this.listeners.add(listener);
	}

	@Override
	public boolean removeConnectionListener(ConnectionListener listener) {
		return this.listeners.remove(listener);
	}

	@Override
	public void clearConnectionListeners() {
		this.listeners.clear();
	}

	@Override
	public synchronized void close() {
		if (this.connection != null) {
			this.connection.close();
		}
		if (this.publisher != null) {
			this.publisher.close();
			this.broker.close();
		}
	}

}
