package io.gestalt.transport;

/**
 * Follows one queued message to its end. Exactly one of {@link #written} and
 * {@link #failed} is called.
 */
public interface Ticket {

	/**
	 * The message goes to a connection now, after all that went before it. Called on the
	 * connection's event loop.
	 */
	default void assigned(Receiver receiver) {
	}

	/** The message was written to the socket. */
	void written();

	/** The message was dropped or lost. */
	void failed(Throwable cause);

	/** Whether nobody waits for the message any more, so that it need not be sent. */
	default boolean abandoned() {
		return false;
	}

}
