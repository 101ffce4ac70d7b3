package io.gestalt.endpoint;

import io.gestalt.failed.FailureRecorder;
import io.gestalt.observation.MessageObserver;

/** Is told what happens to an endpoint; must neither block nor throw. */
@FunctionalInterface
public interface EndpointObserver {

	void onEvent(EndpointEvent event);

	/** Who observes single messages. */
	default MessageObserver messages() {
		return MessageObserver.NONE;
	}

	/** Who keeps messages that could not be decoded or handled. */
	default FailureRecorder failures() {
		return FailureRecorder.NONE;
	}

}
