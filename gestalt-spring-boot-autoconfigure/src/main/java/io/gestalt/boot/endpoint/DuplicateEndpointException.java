package io.gestalt.boot.endpoint;

import io.gestalt.message.GestaltException;

/** Two endpoints of one name. */
public final class DuplicateEndpointException extends GestaltException {

	public DuplicateEndpointException(String endpoint, String first, String second) {
		super("Endpoint '%s' exists twice, as '%s' and as '%s'".formatted(endpoint, first, second));
	}

}
