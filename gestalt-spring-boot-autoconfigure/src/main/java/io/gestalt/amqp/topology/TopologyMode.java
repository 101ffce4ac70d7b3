package io.gestalt.amqp.topology;

/** What becomes of exchanges, queues and bindings at the start. */
public enum TopologyMode {

	/** What is missing is created, what is there must have the same arguments. */
	DECLARE,
	/** All of it must be there. */
	VERIFY,
	/** Nobody looks. */
	NONE

}
