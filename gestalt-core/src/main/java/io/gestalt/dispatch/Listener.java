package io.gestalt.dispatch;

import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import io.gestalt.message.MessageHandler;
import io.gestalt.message.MessageTypeException;
import io.gestalt.message.MessageTypes;
import org.jspecify.annotations.Nullable;

/**
 * What an application does with the messages of an endpoint: one handler for all of them,
 * or one for each message type identifier, and how they run. Immutable.
 */
public final class Listener {

	private final Map<Integer, Binding> byType;

	private final @Nullable Binding other;

	private final Execution execution;

	private final Ordering ordering;

	private final int concurrency;

	private final boolean replies;

	private final Map<Integer, String> descriptions;

	private Listener(Builder builder) {
		this.byType = Map.copyOf(builder.byType);
		this.other = builder.other;
		this.execution = builder.execution;
		this.ordering = builder.ordering;
		this.concurrency = builder.concurrency;
		this.replies = builder.replies;
		this.descriptions = Map.copyOf(builder.descriptions);
	}

	/**
	 * A listener with one handler for all messages, on the application's executor.
	 * @param payloadType what payloads are decoded to
	 * @param handler is called with them
	 * @param <T> type of the payload
	 * @return the listener
	 */
	public static <T> Listener of(Class<T> payloadType, MessageHandler<? super T> handler) {
		return builder().other(payloadType, handler).build();
	}

	public static Builder builder() {
		return new Builder();
	}

	/** The handler of messages of a type, {@code null} if nobody wants them. */
	public @Nullable Binding find(int type) {
		if (this.byType.isEmpty()) {
			return this.other;
		}
		Binding binding = this.byType.get(type);
		return (binding != null) ? binding : this.other;
	}

	/**
	 * All handlers by their message type identifiers, the one for all others under 0.
	 */
	public Map<Integer, Binding> bindings() {
		Map<Integer, Binding> all = new TreeMap<>(Integer::compareUnsigned);
		all.putAll(this.byType);
		if (this.other != null) {
			all.put(MessageTypes.NONE, this.other);
		}
		return all;
	}

	/** What the handler of a message type is called, {@code null} if nobody said. */
	public @Nullable String description(int type) {
		return this.descriptions.get(type);
	}

	/** Whether a handler exists for just this message type identifier. */
	public boolean handles(int type) {
		return this.byType.containsKey(type);
	}

	/** Whether handlers are chosen by message type identifier. */
	public boolean dispatchesByType() {
		return !this.byType.isEmpty();
	}

	public Execution execution() {
		return this.execution;
	}

	public Ordering ordering() {
		return this.ordering;
	}

	/** How many handlers may run at the same time, 0 for no limit of its own. */
	public int concurrency() {
		return this.concurrency;
	}

	/** Whether peers expect a reply to what they send. */
	public boolean replies() {
		return this.replies;
	}

	/**
	 * A handler and what it takes.
	 *
	 * @param payloadType what payloads are decoded to
	 * @param handler is called with them
	 */
	public record Binding(Type payloadType, MessageHandler<@Nullable Object> handler) {
	}

	/** Collects handlers and how they run. */
	public static final class Builder {

		private final Map<Integer, Binding> byType = new LinkedHashMap<>();

		private final Map<Integer, String> descriptions = new HashMap<>();

		private @Nullable Binding other;

		private Execution execution = Execution.WORKER;

		private Ordering ordering = Ordering.PEER;

		private int concurrency;

		private boolean replies = true;

		private Builder() {
		}

		/** Handles messages that bear a message type identifier. */
		public Builder on(int type, Type payloadType, MessageHandler<?> handler) {
			if (this.byType.putIfAbsent(type, binding(payloadType, handler)) != null) {
				throw new MessageTypeException(Integer.toUnsignedLong(type),
						"Message type %s has two handlers".formatted(Integer.toUnsignedString(type)));
			}
			return this;
		}

		/** Handles messages for whose type there is no other handler. */
		public Builder other(Type payloadType, MessageHandler<?> handler) {
			this.other = binding(payloadType, handler);
			return this;
		}

		/**
		 * Says what a handler is called, for people to read.
		 * @param type its message type identifier, 0 for the handler of all others
		 * @param description such as {@code Orders.place(Order)}
		 */
		public Builder describe(int type, String description) {
			this.descriptions.put(type, description);
			return this;
		}

		@SuppressWarnings("unchecked")
		private static Binding binding(Type payloadType, MessageHandler<?> handler) {
			return new Binding(payloadType, (MessageHandler<@Nullable Object>) handler);
		}

		public Builder execution(Execution where) {
			this.execution = where;
			return this;
		}

		public Builder ordering(Ordering order) {
			this.ordering = order;
			return this;
		}

		/** How many handlers may run at the same time, 0 for no limit of its own. */
		public Builder concurrency(int limit) {
			if (limit < 0) {
				throw new IllegalArgumentException("Concurrency must not be negative, was %d".formatted(limit));
			}
			this.concurrency = limit;
			return this;
		}

		/**
		 * Whether peers expect a reply, so that a failure without one would shift all
		 * later ones. The default is yes.
		 */
		public Builder replies(boolean expected) {
			this.replies = expected;
			return this;
		}

		public Listener build() {
			return new Listener(this);
		}

	}

}
