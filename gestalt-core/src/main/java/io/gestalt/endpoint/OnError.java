package io.gestalt.endpoint;

/**
 * What happens after a message that could not be decoded or handled, on a framing that
 * cannot carry an error reply.
 */
public enum OnError {

	/** The message is dropped, the connection stays. */
	DROP,
	/** The connection is closed, so that a peer that awaits a reply learns of it. */
	CLOSE

}
