package io.gestalt.message;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Which message type identifier stands for which class, both ways. Immutable and safe for
 * use by many threads. Identifiers are unsigned 32-bit numbers held in an {@code int}; 0
 * means that a message carries no type.
 */
public final class MessageTypes {

	/** The identifier of a message whose type nobody named. */
	public static final int NONE = 0;

	private static final MessageTypes EMPTY = new MessageTypes(Map.of());

	private final Map<Integer, Class<?>> byId;

	private final Map<Class<?>, Integer> byClass = new LinkedHashMap<>();

	private final ClassValue<Integer> ids = new ClassValue<>() {

		@Override
		protected Integer computeValue(Class<?> type) {
			return lookUp(type);
		}

	};

	private MessageTypes(Map<Integer, Class<?>> byId) {
		this.byId = Map.copyOf(byId);
		byId.forEach((id, type) -> this.byClass.put(type, id));
	}

	/** No types at all: every message travels with identifier 0. */
	public static MessageTypes none() {
		return EMPTY;
	}

	public static Builder builder() {
		return new Builder();
	}

	/**
	 * The identifier under which values of a class travel: that of the class, else of the
	 * nearest registered superclass or interface, else its own {@link MessageType}
	 * annotation, else 0.
	 */
	public int idOf(Class<?> type) {
		return this.ids.get(type);
	}

	/** The class known by an identifier, or {@code null} where nobody registered one. */
	public @Nullable Class<?> find(int id) {
		return this.byId.get(id);
	}

	/**
	 * The class known by an identifier.
	 * @throws MessageTypeException if nobody registered one
	 */
	public Class<?> classOf(int id) {
		Class<?> type = find(id);
		if (type == null) {
			throw new MessageTypeException(Integer.toUnsignedLong(id),
					"Message type %s is unknown, known are %s".formatted(Integer.toUnsignedString(id), this));
		}
		return type;
	}

	private int lookUp(Class<?> type) {
		for (Class<?> candidate = type; candidate != null; candidate = candidate.getSuperclass()) {
			Integer id = this.byClass.get(candidate);
			if (id != null) {
				return id;
			}
			for (Class<?> contract : candidate.getInterfaces()) {
				id = this.byClass.get(contract);
				if (id != null) {
					return id;
				}
			}
		}
		MessageType annotation = type.getAnnotation(MessageType.class);
		return (annotation != null) ? annotation.value() : NONE;
	}

	@Override
	public String toString() {
		Map<String, String> names = new LinkedHashMap<>();
		this.byId.entrySet()
			.stream()
			.sorted((left, right) -> Integer.compareUnsigned(left.getKey(), right.getKey()))
			.forEach((entry) -> names.put(Integer.toUnsignedString(entry.getKey()), entry.getValue().getName()));
		return names.toString();
	}

	/** Collects identifiers and refuses the ones that collide. */
	public static final class Builder {

		private final Map<Integer, Class<?>> byId = new LinkedHashMap<>();

		private final Map<Class<?>, Integer> byClass = new LinkedHashMap<>();

		private Builder() {
		}

		/**
		 * Registers a class.
		 * @param id the identifier, an unsigned 32-bit number except 0
		 * @param type the class it stands for
		 * @return this builder
		 * @throws MessageTypeException if the identifier is 0 or already stands for
		 * another class, or the class already has another identifier
		 */
		public Builder add(int id, Class<?> type) {
			String number = Integer.toUnsignedString(id);
			if (id == NONE) {
				throw new MessageTypeException(0,
						"Message type 0 means 'no type' and cannot stand for '%s'".formatted(type.getName()));
			}
			Class<?> other = this.byId.putIfAbsent(id, type);
			if (other != null && other != type) {
				throw new MessageTypeException(Integer.toUnsignedLong(id),
						"Message type %s stands for both '%s' and '%s'".formatted(number, other.getName(),
								type.getName()));
			}
			Integer otherId = this.byClass.putIfAbsent(type, id);
			if (otherId != null && otherId != id) {
				throw new MessageTypeException(Integer.toUnsignedLong(id),
						"Class '%s' has both message type %s and message type %s".formatted(type.getName(),
								Integer.toUnsignedString(otherId), number));
			}
			return this;
		}

		/**
		 * Registers a class by its {@link MessageType} annotation, which it must have.
		 */
		public Builder add(Class<?> type) {
			MessageType annotation = type.getAnnotation(MessageType.class);
			if (annotation == null) {
				throw new IllegalArgumentException("Class '%s' has no @MessageType".formatted(type.getName()));
			}
			return add(annotation.value(), type);
		}

		public MessageTypes build() {
			return new MessageTypes(this.byId);
		}

	}

}
