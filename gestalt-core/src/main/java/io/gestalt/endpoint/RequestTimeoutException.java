package io.gestalt.endpoint;

import java.time.Duration;

import io.gestalt.message.GestaltException;

/** A request that was not answered in time. */
public final class RequestTimeoutException extends GestaltException {

	private final String endpoint;

	private final Duration elapsed;

	/**
	 * Says what took too long.
	 * @param endpoint name of the endpoint that was asked
	 * @param elapsed how long the caller has waited
	 * @param limit how long it was willing to wait
	 * @param sent whether the request has left; it has not while there is no connection
	 */
	public RequestTimeoutException(String endpoint, Duration elapsed, Duration limit, boolean sent) {
		this(endpoint, sent ? "got no reply" : "could not send the request", elapsed, limit);
	}

	/**
	 * Says what took too long.
	 * @param endpoint name of the endpoint that was asked
	 * @param what what did not happen
	 * @param elapsed how long the caller has waited
	 * @param limit how long it was willing to wait
	 */
	public RequestTimeoutException(String endpoint, String what, Duration elapsed, Duration limit) {
		super("Endpoint '%s' %s within %d ms (request timeout is %s)".formatted(endpoint, what, elapsed.toMillis(),
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
