package io.gestalt.boot.failed;

import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.endpoint.EndpointObserver;
import io.gestalt.failed.FailedMessages;
import io.gestalt.failed.FailureRecorder;

/**
 * Shows endpoints where failed messages go.
 *
 * @param kept keeps them
 */
record FailureObserver(FailedMessages kept) implements EndpointObserver {

	@Override
	public void onEvent(EndpointEvent event) {
	}

	@Override
	public FailureRecorder failures() {
		return this.kept;
	}

}
