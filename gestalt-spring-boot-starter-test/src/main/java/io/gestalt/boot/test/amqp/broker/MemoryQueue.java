package io.gestalt.boot.test.amqp.broker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Messages, and who consumes them in turn; guarded by its broker. */
final class MemoryQueue {

	private final String name;

	private final Map<String, Object> arguments;

	private final @Nullable Object owner;

	private final boolean autoDelete;

	private final Deque<StoredMessage> messages = new ArrayDeque<>();

	private final List<MemoryConsumer> consumers = new ArrayList<>();

	private int turn;

	/**
	 * Creates an empty queue.
	 * @param owner the connection to which it belongs, {@code null} for everybody
	 */
	MemoryQueue(String name, Map<String, Object> arguments, @Nullable Object owner, boolean autoDelete) {
		this.name = name;
		this.arguments = Map.copyOf(arguments);
		this.owner = owner;
		this.autoDelete = autoDelete;
	}

	String name() {
		return this.name;
	}

	Map<String, Object> arguments() {
		return this.arguments;
	}

	@Nullable Object owner() {
		return this.owner;
	}

	int size() {
		return this.messages.size();
	}

	int consumers() {
		return this.consumers.size();
	}

	void add(StoredMessage message) {
		this.messages.addLast(message);
		deliver();
	}

	/** Puts messages back to where they were, in their order. */
	void giveBack(List<StoredMessage> returned) {
		for (int i = returned.size() - 1; i >= 0; i--) {
			this.messages.addFirst(returned.get(i).again());
		}
		deliver();
	}

	@Nullable StoredMessage poll() {
		return this.messages.poll();
	}

	/** Takes a message out that has expired. */
	boolean remove(StoredMessage message) {
		return this.messages.removeIf((each) -> each.key() == message.key());
	}

	void add(MemoryConsumer consumer) {
		this.consumers.add(consumer);
		deliver();
	}

	/**
	 * Consumes no more.
	 * @return whether nobody needs the queue any longer
	 */
	boolean remove(MemoryConsumer consumer) {
		return this.consumers.remove(consumer) && this.autoDelete && this.consumers.isEmpty();
	}

	/** Hands out what somebody can take. */
	void deliver() {
		MemoryConsumer next = ready();
		while (next != null && !this.messages.isEmpty()) {
			next.deliver(this, this.messages.remove());
			next = ready();
		}
	}

	private @Nullable MemoryConsumer ready() {
		boolean single = Boolean.TRUE.equals(this.arguments.get("x-single-active-consumer"));
		int candidates = single ? Math.min(1, this.consumers.size()) : this.consumers.size();
		for (int i = 0; i < candidates; i++) {
			MemoryConsumer candidate = this.consumers.get((this.turn + i) % candidates);
			if (candidate.ready()) {
				this.turn = (this.turn + i + 1) % candidates;
				return candidate;
			}
		}
		return null;
	}

}
