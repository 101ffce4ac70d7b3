package io.gestalt.endpoint;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.gestalt.failed.FailedMessage;
import io.gestalt.failed.FailedMessageException;
import io.gestalt.failed.Replayable;
import org.jspecify.annotations.Nullable;

/** An endpoint that takes messages in for a listener, and lets that be controlled. */
public interface IntakeEndpoint extends Endpoint, Replayable {

	/**
	 * Takes nothing more in until {@link #resume}, and stays open; does nothing if it is
	 * paused. What was taken in is handled, replies to requests of its own are received.
	 * @param grace how long to wait for handlers, where what they have not handled by
	 * then goes back to where it came from
	 * @throws EndpointException if it is not running or has no listener
	 */
	void pause(Duration grace);

	/**
	 * Takes messages in again; does nothing if it is not paused.
	 * @throws EndpointException if it cannot
	 */
	void resume();

	/** Whether it is paused, which a stop ends. */
	boolean paused();

	/**
	 * Changes how many handlers may run at the same time. Those that run are not
	 * interrupted.
	 * @param limit how many, 0 for no limit of its own where there is such a thing
	 * @throws EndpointException if that cannot be changed
	 */
	void concurrency(int limit);

	@Override
	default CompletableFuture<@Nullable Object> replay(FailedMessage message) {
		return CompletableFuture.failedFuture(FailedMessageException.refused(message.id(),
				"Endpoint '%s' cannot handle a message once more".formatted(name()),
				"Send the message to it anew, then discard this one."));
	}

}
