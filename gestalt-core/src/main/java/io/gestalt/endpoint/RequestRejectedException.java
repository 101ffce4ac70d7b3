package io.gestalt.endpoint;

import io.gestalt.message.GestaltException;

/** A request that was delivered to its service and came back unanswered. */
public final class RequestRejectedException extends GestaltException {

	private final String endpoint;

	/**
	 * Says what was rejected.
	 * @param endpoint name of the endpoint that was asked
	 * @param service what it asked
	 * @param reason the word of the broker
	 */
	public RequestRejectedException(String endpoint, String service, String reason) {
		super("Endpoint '%s' got its request to service '%s' back unanswered: %s".formatted(endpoint, service, reason));
		this.endpoint = endpoint;
	}

	/** Name of the endpoint that was asked. */
	public String endpoint() {
		return this.endpoint;
	}

}
