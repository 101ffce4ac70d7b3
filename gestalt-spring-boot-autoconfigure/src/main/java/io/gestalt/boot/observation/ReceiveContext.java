package io.gestalt.boot.observation;

import java.util.Map;

import io.gestalt.boot.support.MessageIdentifier;
import io.gestalt.message.MessageContext;
import io.micrometer.observation.transport.ReceiverContext;
import org.jspecify.annotations.Nullable;

/** A message with its handler, and the trace that its headers go on with. */
public final class ReceiveContext extends ReceiverContext<Map<String, Object>> {

	private final String endpoint;

	private final String operation;

	private final MessageContext message;

	private @Nullable String peer;

	ReceiveContext(String endpoint, String operation, MessageContext message) {
		super((headers, name) -> text(headers.get(name)));
		setCarrier(message.headers());
		this.endpoint = endpoint;
		this.operation = operation;
		this.message = message;
	}

	/** Name of the endpoint. */
	public String endpoint() {
		return this.endpoint;
	}

	/** Type that the handler takes. */
	public String operation() {
		return this.operation;
	}

	/** What the handler is told of the message. */
	public MessageContext message() {
		return this.message;
	}

	/** Identifier of the peer. */
	public String peer() {
		String known = this.peer;
		if (known == null) {
			known = this.message.peer().id();
			this.peer = known;
		}
		return known;
	}

	/** Identifier of the message, {@code null} where it has none. */
	public @Nullable String messageId() {
		return MessageIdentifier.of(this.message);
	}

	private static @Nullable String text(@Nullable Object value) {
		return (value != null) ? value.toString() : null;
	}

}
