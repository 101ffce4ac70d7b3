package io.gestalt.observation;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Observes messages on their way out; must neither block nor throw. */
@FunctionalInterface
public interface MessageObserver {

	/** Observes nothing. */
	MessageObserver NONE = (kind, endpoint, payload, headers) -> MessageObservation.NONE;

	/**
	 * A message is about to leave.
	 * @param kind what is expected of it
	 * @param endpoint name of the endpoint
	 * @param payload a value, a {@link io.gestalt.message.Message}, or {@code null}
	 * @param headers take what is to travel with it, {@code null} where nothing can
	 * @return is told how that ends
	 */
	MessageObservation begin(Kind kind, String endpoint, @Nullable Object payload,
			@Nullable Map<String, @Nullable Object> headers);

	/** What is expected of a message. */
	enum Kind {

		/** To be delivered. */
		SEND,
		/** To be answered. */
		REQUEST

	}

}
