package io.gestalt.boot.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.slf4j.MDC;

/**
 * Says in the log's context which message a handler is at, as long as it has the thread.
 */
final class MessageMdc implements ObservationHandler<ReceiveContext> {

	static final String ENDPOINT = "gestalt.endpoint";

	static final String PEER = "gestalt.peer";

	static final String MESSAGE = "gestalt.message";

	@Override
	public void onScopeOpened(ReceiveContext context) {
		MDC.put(ENDPOINT, context.endpoint());
		MDC.put(PEER, context.peer());
		String message = context.messageId();
		if (message != null) {
			MDC.put(MESSAGE, message);
		}
	}

	@Override
	public void onScopeClosed(ReceiveContext context) {
		MDC.remove(ENDPOINT);
		MDC.remove(PEER);
		MDC.remove(MESSAGE);
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof ReceiveContext;
	}

}
