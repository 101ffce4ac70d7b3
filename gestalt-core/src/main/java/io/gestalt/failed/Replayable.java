package io.gestalt.failed;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/** Whatever can handle a message once more that it gave up. */
public interface Replayable {

	/**
	 * Decodes a message and calls its handler, once. The result is not sent to the peer,
	 * who has given it up too.
	 * @param message the message
	 * @return what the handler returned; fails with a {@link FailedMessageException} if
	 * the handler was not called and nothing was tried, with a {@link ReplayException}
	 * that says why it was not called, or with what the handler threw
	 */
	CompletableFuture<@Nullable Object> replay(FailedMessage message);

}
