package io.gestalt.endpoint;

import java.time.Duration;

import io.gestalt.message.GestaltException;

/** A request that waited for its service until it was of no use any more. */
public final class RequestExpiredException extends GestaltException {

	private final String endpoint;

	private final Duration elapsed;

	/**
	 * Says what nobody took up.
	 * @param endpoint name of the endpoint that was asked
	 * @param service what it asked
	 * @param elapsed how long the caller has waited
	 */
	public RequestExpiredException(String endpoint, String service, Duration elapsed) {
		super("Endpoint '%s' got its request to service '%s' back after %d ms, nobody had begun with it"
			.formatted(endpoint, service, elapsed.toMillis()));
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
