package io.gestalt.amqp.topology;

/**
 * What becomes of exchanges, queues and bindings at the start. An exclusive queue is
 * created with its bindings in each mode, as it comes and goes with a connection.
 */
public enum TopologyMode {

	/** What is missing is created, what is there must have the same arguments. */
	DECLARE,
	/** All of it must be there, but for queues that go with their consumers. */
	VERIFY,
	/** Nobody looks. */
	NONE

}
