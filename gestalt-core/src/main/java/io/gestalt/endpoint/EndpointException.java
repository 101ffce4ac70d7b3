package io.gestalt.endpoint;

import io.gestalt.message.GestaltException;
import org.jspecify.annotations.Nullable;

/** An endpoint that cannot start, or cannot do what it is asked for. */
public final class EndpointException extends GestaltException {

	private final String endpoint;

	public EndpointException(String endpoint, String message) {
		this(endpoint, message, null);
	}

	public EndpointException(String endpoint, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.endpoint = endpoint;
	}

	/** Name of the endpoint. */
	public String endpoint() {
		return this.endpoint;
	}

}
