package io.gestalt.boot.test.amqp.broker;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.impl.ContentHeaderPropertyWriter;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges, queues and what goes between them. It does what RabbitMQ does with direct,
 * topic, fanout and headers exchanges, exclusive and auto-delete queues, prefetch counts,
 * confirms, returns, rejections, expiration and dead letters; a queue is neither bounded
 * nor kept, and nothing is lost. What it does not know it refuses.
 */
public final class MemoryBroker implements AutoCloseable {

	static final String UNKNOWN = "The broker in memory does not know %s; set 'gestalt.test.transport' to 'live'";

	private final Map<String, MemoryExchange> exchanges = new HashMap<>();

	private final Map<String, MemoryQueue> queues = new HashMap<>();

	private final ScheduledExecutorService expiry = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "gestalt-memory-broker");
		thread.setDaemon(true);
		return thread;
	});

	public MemoryBroker() {
		MemoryExchange.TYPES.forEach((type) -> this.exchanges.put("amq." + type, new MemoryExchange(type)));
	}

	synchronized void declareExchange(String name, String type) throws Refusal {
		if (!MemoryExchange.TYPES.contains(type)) {
			throw new UnsupportedOperationException(UNKNOWN.formatted("exchanges of type '%s'".formatted(type)));
		}
		MemoryExchange known = this.exchanges.computeIfAbsent(name, (key) -> new MemoryExchange(type));
		if (!known.type().equals(type)) {
			throw new Refusal(AMQP.PRECONDITION_FAILED,
					"PRECONDITION_FAILED - inequivalent arg 'type' for exchange '%s'".formatted(name));
		}
	}

	synchronized MemoryExchange exchange(String name) throws Refusal {
		MemoryExchange exchange = this.exchanges.get(name);
		if (exchange == null) {
			throw new Refusal(AMQP.NOT_FOUND, "NOT_FOUND - no exchange '%s' in vhost '/'".formatted(name));
		}
		return exchange;
	}

	synchronized MemoryQueue declareQueue(MemoryQueue wanted) throws Refusal {
		MemoryQueue known = this.queues.putIfAbsent(wanted.name(), wanted);
		if (known != null && !known.arguments().equals(wanted.arguments())) {
			throw new Refusal(AMQP.PRECONDITION_FAILED,
					"PRECONDITION_FAILED - inequivalent arguments for queue '%s'".formatted(wanted.name()));
		}
		return (known != null) ? known : wanted;
	}

	synchronized MemoryQueue queue(String name) throws Refusal {
		MemoryQueue queue = this.queues.get(name);
		if (queue == null) {
			throw new Refusal(AMQP.NOT_FOUND, "NOT_FOUND - no queue '%s' in vhost '/'".formatted(name));
		}
		return queue;
	}

	synchronized void bind(String queue, String exchange, String key, Map<String, Object> arguments) throws Refusal {
		exchange(exchange).bind(queue(queue).name(), key, arguments);
	}

	synchronized void delete(MemoryQueue queue) {
		this.queues.remove(queue.name());
		this.exchanges.values().forEach((exchange) -> exchange.unbind(queue.name()));
	}

	/** Deletes the queues of a connection. */
	synchronized void deleteOf(Object connection) {
		List<MemoryQueue> own = this.queues.values().stream().filter((queue) -> queue.owner() == connection).toList();
		own.forEach(this::delete);
	}

	/**
	 * Routes a message.
	 * @return whether any queue wants it
	 */
	synchronized boolean publish(StoredMessage message) throws Refusal {
		Set<String> targets = message.exchange().isEmpty() ? Set.of(message.routingKey())
				: exchange(message.exchange()).route(message.routingKey(), message.properties());
		List<MemoryQueue> found = targets.stream().filter(this.queues::containsKey).map(this.queues::get).toList();
		found.forEach((queue) -> add(queue, message.copy()));
		return !found.isEmpty();
	}

	private void add(MemoryQueue queue, StoredMessage message) {
		String expiration = message.properties().getExpiration();
		if (expiration != null) {
			this.expiry.schedule(() -> expire(queue, message), Long.parseLong(expiration), TimeUnit.MILLISECONDS);
		}
		queue.add(message);
	}

	private synchronized void expire(MemoryQueue queue, StoredMessage message) {
		if (queue.remove(message)) {
			deadLetter(queue, message, "expired");
		}
	}

	/** Puts a message where its queue says, if that says anything. */
	synchronized void deadLetter(MemoryQueue queue, StoredMessage message, String reason) {
		Object exchange = queue.arguments().get("x-dead-letter-exchange");
		if (exchange == null) {
			return;
		}
		Object key = queue.arguments().get("x-dead-letter-routing-key");
		Map<String, Object> headers = new HashMap<>();
		if (message.properties().getHeaders() != null) {
			headers.putAll(message.properties().getHeaders());
		}
		headers.put("x-death", deaths(headers.get("x-death"), queue, message, reason));
		headers.putIfAbsent("x-first-death-reason", reason);
		headers.putIfAbsent("x-first-death-queue", queue.name());
		headers.putIfAbsent("x-first-death-exchange", message.exchange());
		try {
			publish(StoredMessage.of(exchange.toString(), (key != null) ? key.toString() : message.routingKey(),
					message.properties().builder().headers(headers).expiration(null).build(), message.body()));
		}
		catch (Refusal ex) {
			// as RabbitMQ does it, what has no place to be put aside is gone
		}
	}

	private static List<Object> deaths(@Nullable Object before, MemoryQueue queue, StoredMessage message,
			String reason) {
		List<Object> deaths = new ArrayList<>();
		deaths.add(Map.of("reason", reason, "queue", queue.name(), "count", 1L, "exchange", message.exchange(),
				"routing-keys", List.of(message.routingKey())));
		if (before instanceof List<?> earlier) {
			deaths.addAll(earlier);
		}
		return deaths;
	}

	/** What becomes of properties on the wire, by the code of the client itself. */
	static AMQP.BasicProperties overTheWire(AMQP.BasicProperties properties) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (DataOutputStream out = new DataOutputStream(bytes)) {
			out.writeShort(0); // weight
			out.writeLong(0); // size of the body
			properties.writePropertiesTo(new ContentHeaderPropertyWriter(out));
		}
		return new AMQP.BasicProperties(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
	}

	@Override
	public void close() {
		this.expiry.shutdownNow();
	}

	/** What a broker says instead of doing it. */
	static final class Refusal extends Exception {

		private final int code;

		Refusal(int code, String text) {
			super(text);
			this.code = code;
		}

		int code() {
			return this.code;
		}

	}

}
