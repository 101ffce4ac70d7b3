package io.gestalt.boot.logging;

import io.gestalt.boot.support.MessageIdentifier;
import io.gestalt.message.MessageContext;
import io.gestalt.message.MessageHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Says in the log's context which message a handler is at, as long as it has the thread.
 */
final class MdcHandler implements MessageHandler<@Nullable Object> {

	static final String ENDPOINT = "gestalt.endpoint";

	static final String PEER = "gestalt.peer";

	static final String MESSAGE = "gestalt.message";

	private final MessageHandler<@Nullable Object> handler;

	private final String endpoint;

	MdcHandler(MessageHandler<@Nullable Object> handler, String endpoint) {
		this.handler = handler;
		this.endpoint = endpoint;
	}

	@Override
	@SuppressWarnings("NullAway") // the handler itself checks what it needs
	public @Nullable Object handle(@Nullable Object payload, MessageContext context) throws Exception {
		MDC.put(ENDPOINT, this.endpoint);
		MDC.put(PEER, context.peer().id());
		String message = MessageIdentifier.of(context);
		if (message != null) {
			MDC.put(MESSAGE, message);
		}
		try {
			return this.handler.handle(payload, context);
		}
		finally {
			MDC.remove(ENDPOINT);
			MDC.remove(PEER);
			if (message != null) {
				MDC.remove(MESSAGE);
			}
		}
	}

}
