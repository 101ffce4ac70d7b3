package io.gestalt.message;

/** What an endpoint counts: where every message went, and what happened to its peers. */
public enum Counter {

	/** Messages that arrived whole. */
	RECEIVED,
	/** Bytes of the frames that arrived whole. */
	RECEIVED_BYTES,
	/** Messages that a handler has finished, in success or failure. */
	HANDLED,
	/** Messages that a handler failed to handle. */
	HANDLER_FAILED,
	/** Messages that arrived but could not be decoded. */
	UNDECODABLE,
	/** Frames or datagrams that were no valid frame, or above the limit. */
	MALFORMED,
	/** Messages that arrived and that no handler wants. */
	UNHANDLED,
	/** Messages that arrived but were dropped because the endpoint stopped first. */
	ABANDONED,
	/** Further attempts to handle a message. */
	RETRIED,
	/** Messages that failed for good and were put aside. */
	DEAD_LETTERED,
	/** Messages that failed for good, with no place to be put aside, or came back so. */
	REJECTED,
	/** Messages that went back to their queue, to be delivered again. */
	REQUEUED,
	/** Datagrams that were dropped because too many were waiting for the handler. */
	INBOUND_FULL,
	/** Messages given to the endpoint for sending, once for each addressee. */
	OFFERED,
	/** Messages written to a socket. */
	SENT,
	/** Bytes written to a socket. */
	SENT_BYTES,
	/** Messages refused to the sender because a queue was full or closed. */
	REFUSED,
	/** The oldest messages of a full queue, dropped in favour of new ones. */
	DROPPED_OLDEST,
	/** New messages dropped because a queue was full. */
	DROPPED_NEWEST,
	/** Messages that waited, or were on their way, when their connection ended. */
	DROPPED_LOST,
	/** Messages that a broker refused to take. */
	NACKED,
	/** Messages that a broker gave back because no queue wanted them. */
	RETURNED,
	/** Messages that a broker did not confirm within the send timeout. */
	UNCONFIRMED,
	/** Requests that were given up before their reply came. */
	REQUEST_TIMEOUTS,
	/** Replies that came after their request was given up, or a second time. */
	LATE_REPLIES,
	/** Requests that were answered with an error. */
	REMOTE_ERRORS,
	/** Requests that nobody had begun with when they were of no use any more. */
	EXPIRED,
	/** Connections that were opened. */
	CONNECTED,
	/** Those of them that took the place of one that was lost. */
	RECONNECTED,
	/** Connections that ended. */
	DISCONNECTED,
	/** Connections that were closed at once because there were too many. */
	CONNECTIONS_REFUSED,
	/** Connections that were closed because no rule allows their peer. */
	FORBIDDEN,
	/** How often a peer was not read for a while because it sent too much. */
	THROTTLED,
	/** Attempts to connect that failed. */
	CONNECT_FAILED,
	/** TLS handshakes that failed. */
	TLS_FAILED

}
