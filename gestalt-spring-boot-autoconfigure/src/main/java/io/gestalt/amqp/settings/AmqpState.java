package io.gestalt.amqp.settings;

/** Whether an endpoint can do its work; known in memory, without asking the broker. */
public enum AmqpState {

	/** It was not started, or was stopped. */
	STOPPED,
	/** It has no channel, or what it needs at the broker is not there yet. */
	CONNECTING,
	/** It works. */
	READY,
	/** The broker takes no messages because it runs short of memory or disk. */
	BLOCKED

}
