package io.gestalt.boot.endpoint;

import java.util.Collection;
import java.util.List;

import io.gestalt.message.GestaltException;

/** An endpoint that was named somewhere but is configured nowhere. */
public final class UnknownEndpointException extends GestaltException {

	private final String endpoint;

	private final List<String> known;

	public UnknownEndpointException(String endpoint, Collection<String> known) {
		super("Endpoint '%s' is unknown, known are %s".formatted(endpoint, known));
		this.endpoint = endpoint;
		this.known = List.copyOf(known);
	}

	/** The name that nobody bears. */
	public String endpoint() {
		return this.endpoint;
	}

	/** The names of all endpoints. */
	public List<String> known() {
		return this.known;
	}

}
