package io.gestalt.transport.queue;

/** What happens to a message when the queue that it should wait in is full. */
public enum OnFull {

	/** The sender waits for room, at most the send timeout, and is refused then. */
	BLOCK,
	/** The sender is refused at once. */
	FAIL,
	/** The message that has waited longest is dropped. */
	DROP_OLDEST,
	/** The new message is dropped. */
	DROP_NEWEST

}
