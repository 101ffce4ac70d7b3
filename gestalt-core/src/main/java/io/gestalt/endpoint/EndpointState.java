package io.gestalt.endpoint;

/** Whether an endpoint can do its work; known in memory, without asking anybody. */
public enum EndpointState {

	/** It was not started, or was stopped. */
	STOPPED,
	/** It looks for a peer, or what it needs is not there yet. */
	CONNECTING,
	/** It works. */
	READY,
	/** It is connected, but the other end takes no messages for now. */
	BLOCKED,
	/** It works, but was told to take nothing in for now. */
	PAUSED

}
