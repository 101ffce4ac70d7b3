package io.gestalt.boot.support;

import java.util.Map;

import io.gestalt.message.MessageContext;
import io.gestalt.message.OneLine;
import org.jspecify.annotations.Nullable;

/** Finds by what a message is known, for logs and traces. */
public final class MessageIdentifier {

	/** Header of an identifier, by the name that Spring AMQP gives it. */
	private static final String MESSAGE_ID = "amqp_messageId";

	private static final String CORRELATION_ID = "amqp_correlationId";

	private static final int LONGEST = 100;

	private MessageIdentifier() {
	}

	/**
	 * The identifier of a message, or else the correlation of a request, without control
	 * characters and cut to 100 characters.
	 * @param message what its handler is told of it
	 * @return the identifier, {@code null} where it has none
	 */
	public static @Nullable String of(MessageContext message) {
		Map<String, Object> headers = message.headers();
		if (headers.isEmpty()) {
			return null;
		}
		Object id = headers.get(MESSAGE_ID);
		Object known = (id != null) ? id : headers.get(CORRELATION_ID);
		return (known != null) ? OneLine.of(known.toString(), LONGEST) : null;
	}

}
