package io.gestalt.boot.endpoint;

import java.util.Collection;
import java.util.List;

import io.gestalt.message.GestaltException;
import org.jspecify.annotations.Nullable;

/** An endpoint that was named somewhere but is configured nowhere. */
public final class UnknownEndpointException extends GestaltException {

	private final String endpoint;

	private final List<String> known;

	private final @Nullable String place;

	public UnknownEndpointException(String endpoint, Collection<String> known) {
		this(endpoint, known, null);
	}

	/**
	 * Creates the exception.
	 * @param endpoint the name that nobody bears
	 * @param known the names of all endpoints
	 * @param place where it is used, such as a property or a method, {@code null} if that
	 * is not known
	 */
	public UnknownEndpointException(String endpoint, Collection<String> known, @Nullable String place) {
		super("Endpoint '%s'%s is unknown, known are %s".formatted(endpoint,
				(place != null) ? ", used by '%s',".formatted(place) : "", known));
		this.endpoint = endpoint;
		this.place = place;
		this.known = List.copyOf(known);
	}

	/** The name that nobody bears. */
	public String endpoint() {
		return this.endpoint;
	}

	/** Where it is used, {@code null} if that is not known. */
	public @Nullable String place() {
		return this.place;
	}

	/** The names of all endpoints. */
	public List<String> known() {
		return this.known;
	}

}
