package io.gestalt.boot.lifecycle;

import io.gestalt.endpoint.EndpointException;
import io.gestalt.message.GestaltException;
import org.jspecify.annotations.Nullable;

/** An endpoint that could not be opened when the application started. */
public final class EndpointStartException extends GestaltException {

	private final @Nullable String property;

	EndpointStartException(@Nullable String property, EndpointException cause) {
		super(String.valueOf(cause.getMessage()), cause);
		this.property = property;
	}

	/**
	 * Where the properties of the endpoint are, {@code null} for an endpoint that the
	 * application defines as a bean.
	 */
	public @Nullable String property() {
		return this.property;
	}

}
