package io.gestalt.boot.test.record;

/** What became of a message that arrived. */
public enum Settlement {

	/** Its handler was done, and nobody awaits more. */
	HANDLED,
	/** The sender was given a result. */
	REPLIED,
	/** The sender was told of a failure. */
	ERROR_REPLIED,
	/** It failed, and was dropped. */
	DROPPED,
	/** It failed, and its connection was closed for that. */
	CLOSED,
	/** The broker was told that it is done with. */
	ACKNOWLEDGED,
	/** It failed for good and was put aside. */
	DEAD_LETTERED,
	/** It failed for good, and the broker was told to do without it. */
	REJECTED,
	/** The broker was told to deliver it again. */
	REQUEUED

}
