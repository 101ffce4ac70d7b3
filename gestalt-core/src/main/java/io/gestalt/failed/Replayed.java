package io.gestalt.failed;

import org.jspecify.annotations.Nullable;

/**
 * What came of a replay.
 *
 * @param message the message, with its new failure if it failed again
 * @param result what the handler returned, {@code null} for nothing
 * @param failure why it failed again, {@code null} if it was handled
 */
public record Replayed(FailedMessage message, @Nullable Object result, @Nullable Throwable failure) {

	/** Whether it was handled, and so left the store. */
	public boolean handled() {
		return this.failure == null;
	}

}
