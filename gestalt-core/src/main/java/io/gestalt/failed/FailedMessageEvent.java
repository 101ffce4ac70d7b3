package io.gestalt.failed;

import org.jspecify.annotations.Nullable;

/**
 * Somebody did something with failed messages.
 *
 * @param actor who did it
 * @param action what was done
 * @param id number of the message, {@code null} for a list
 * @param endpoint name of its endpoint, {@code null} if that is not known
 * @param failure why it did not succeed, {@code null} if it did
 */
public record FailedMessageEvent(String actor, Action action, @Nullable Long id, @Nullable String endpoint,
		@Nullable Throwable failure) {

	/** What can be done. */
	public enum Action {

		/** Messages were listed. */
		LIST,
		/** A message was shown with its payload. */
		SHOW,
		/** A message got another payload. */
		EDIT,
		/** A message was handled once more. */
		REPLAY,
		/** A message was thrown away. */
		DISCARD

	}

}
