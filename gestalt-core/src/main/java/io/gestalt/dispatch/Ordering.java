package io.gestalt.dispatch;

/** What a listener promises about the order in which messages are handled. */
public enum Ordering {

	/** The next message of a peer is handled after the one before it is done. */
	PEER,
	/** Messages of one peer may be handled at the same time; replies keep their order. */
	NONE

}
