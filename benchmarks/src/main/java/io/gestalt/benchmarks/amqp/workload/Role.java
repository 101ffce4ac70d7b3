package io.gestalt.benchmarks.amqp.workload;

/** What a process of a contender does. */
public enum Role {

	/** Sends to a queue. */
	PUBLISHER,

	/** Handles and acknowledges what a queue brings. */
	CONSUMER,

	/** Asks, and waits for replies. */
	REQUESTER,

	/** Replies to each request with what it brings. */
	RESPONDER

}
