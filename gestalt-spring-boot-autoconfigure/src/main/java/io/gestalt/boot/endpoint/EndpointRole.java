package io.gestalt.boot.endpoint;

/** Which side of a conversation an endpoint is. */
public enum EndpointRole {

	/** It waits for peers. */
	SERVER,
	/** It turns to peers. */
	CLIENT

}
