package io.gestalt.endpoint.connect;

/** How a client uses several targets. */
public enum TargetPolicy {

	/** One connection, to the first target that can be reached. */
	FAILOVER,
	/** A connection to each target; messages go to them in turn. */
	ROUND_ROBIN

}
