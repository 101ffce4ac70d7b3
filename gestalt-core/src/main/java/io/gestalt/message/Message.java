package io.gestalt.message;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A payload together with what travels beside it.
 *
 * @param payload the value itself
 * @param type the message type identifier, 0 for none, sent where the framing carries one
 * @param headers named values, sent where the transport carries them
 * @param <T> type of the payload
 */
public record Message<T extends @Nullable Object>(T payload, int type, Map<String, Object> headers) {

	public Message {
		headers = Map.copyOf(headers);
	}

	/** A message of which only the payload matters. */
	public static <T extends @Nullable Object> Message<T> of(T payload) {
		return new Message<>(payload, MessageTypes.NONE, Map.of());
	}

	/** A message that travels under a type identifier of its own. */
	public static <T extends @Nullable Object> Message<T> of(int type, T payload) {
		return new Message<>(payload, type, Map.of());
	}

}
