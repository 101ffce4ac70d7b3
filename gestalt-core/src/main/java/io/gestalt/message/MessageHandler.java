package io.gestalt.message;

import org.jspecify.annotations.Nullable;

/**
 * User code that is called for each message.
 *
 * @param <T> type of the payload
 */
@FunctionalInterface
public interface MessageHandler<T extends @Nullable Object> {

	/**
	 * Handles one message.
	 * @param payload the decoded payload, {@code null} if the message was empty and its
	 * format has no empty value
	 * @param context who sent it, and what came beside the payload
	 * @return the reply, a {@link java.util.concurrent.CompletionStage} or
	 * {@link org.reactivestreams.Publisher} of it (of one value at the most), or
	 * {@code null} for none
	 * @throws Exception if it could not be handled; the endpoint's failure policy follows
	 */
	@Nullable Object handle(T payload, MessageContext context) throws Exception;

}
