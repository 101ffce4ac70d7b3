package io.gestalt.endpoint;

import java.time.Duration;

import io.gestalt.message.GestaltException;

/** A request that was not answered in time. */
public final class RequestTimeoutException extends GestaltException {

	private final String endpoint;

	private final Duration elapsed;

	public RequestTimeoutException(String endpoint, Duration elapsed, Duration limit) {
		super("Endpoint '%s' got no reply within %d ms (request timeout is %s)".formatted(endpoint, elapsed.toMillis(),
				limit));
		this.endpoint = endpoint;
		this.elapsed = elapsed;
	}

	/** Name of the endpoint that was asked. */
	public String endpoint() {
		return this.endpoint;
	}

	/** How long the caller has waited. */
	public Duration elapsed() {
		return this.elapsed;
	}

}
