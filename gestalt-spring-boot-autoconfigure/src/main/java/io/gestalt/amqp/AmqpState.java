package io.gestalt.amqp;

/** How an AMQP endpoint is, as far as it can tell without asking the broker. */
public enum AmqpState {

	/** It was not started, or was stopped. */
	STOPPED,
	/** It has no connection, or waits for what it needs on the broker. */
	CONNECTING,
	/** It consumes, or can publish. */
	READY,
	/** The broker does not read what it publishes, for want of memory or disk. */
	BLOCKED

}
