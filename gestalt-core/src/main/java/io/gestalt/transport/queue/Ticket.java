package io.gestalt.transport.queue;

/**
 * Follows one queued message to its end. Exactly one of {@link #written} and
 * {@link #failed} is called.
 */
public interface Ticket {

	/** The message was written to the socket. */
	void written();

	/** The message was dropped or lost. */
	void failed(Throwable cause);

	/**
	 * Whether nobody waits for the message any more, so that it is dropped instead of
	 * being sent.
	 */
	default boolean abandoned() {
		return false;
	}

}
