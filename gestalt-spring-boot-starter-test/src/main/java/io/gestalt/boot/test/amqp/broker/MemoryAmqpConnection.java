package io.gestalt.boot.test.amqp.broker;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.BlockedListener;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownListener;
import com.rabbitmq.client.ShutdownSignalException;
import org.jspecify.annotations.Nullable;

/** The methods of a {@link Connection} that endpoints use, and its one thread. */
@SuppressWarnings("unused") // called by the names of the interface
final class MemoryAmqpConnection {

	private final MemoryBroker broker;

	private final Connection proxy;

	private final Set<MemoryAmqpChannel> channels = ConcurrentHashMap.newKeySet();

	private final List<ShutdownListener> shutdowns = new CopyOnWriteArrayList<>();

	private final ExecutorService thread = Executors.newSingleThreadExecutor((task) -> {
		Thread reading = new Thread(task, "gestalt-memory-amqp");
		reading.setDaemon(true);
		return reading;
	});

	private volatile @Nullable ShutdownSignalException closed;

	MemoryAmqpConnection(MemoryBroker broker) {
		this.broker = broker;
		this.proxy = Calls.implement(Connection.class, this, (ignored, method, arguments) -> {
			throw new UnsupportedOperationException(MemoryBroker.UNKNOWN.formatted("'%s'".formatted(method.getName())));
		});
	}

	Connection proxy() {
		return this.proxy;
	}

	static ShutdownSignalException signal(Object of, boolean byApplication, int code, String text) {
		return new ShutdownSignalException(false, byApplication,
				new AMQP.Channel.Close.Builder().replyCode(code).replyText(text).build(), of);
	}

	/** Runs what is news for listeners, in order. */
	void tell(Runnable news) {
		try {
			this.thread.execute(news);
		}
		catch (RejectedExecutionException ex) {
			// it is closed, and nobody is there to be told
		}
	}

	void left(MemoryAmqpChannel channel) {
		this.channels.remove(channel);
	}

	Channel createChannel() {
		ShutdownSignalException reason = this.closed;
		if (reason != null) {
			throw new AlreadyClosedException(reason);
		}
		MemoryAmqpChannel channel = new MemoryAmqpChannel(this.broker, this);
		this.channels.add(channel);
		return channel.proxy();
	}

	boolean isOpen() {
		return this.closed == null;
	}

	Map<String, Object> getServerProperties() {
		return Map.of("product", "RabbitMQ", "version", "in memory");
	}

	void addBlockedListener(BlockedListener listener) {
		// it never blocks anybody
	}

	void addShutdownListener(ShutdownListener listener) {
		this.shutdowns.add(listener);
	}

	void removeShutdownListener(ShutdownListener listener) {
		this.shutdowns.remove(listener);
	}

	void close() {
		if (this.closed != null) {
			return;
		}
		ShutdownSignalException reason = signal(this.proxy, true, AMQP.REPLY_SUCCESS, "OK");
		this.closed = reason;
		this.channels.forEach((channel) -> channel.close(reason));
		this.broker.deleteOf(this);
		tell(() -> this.shutdowns.forEach((listener) -> listener.shutdownCompleted(reason)));
		this.thread.shutdown();
	}

}
