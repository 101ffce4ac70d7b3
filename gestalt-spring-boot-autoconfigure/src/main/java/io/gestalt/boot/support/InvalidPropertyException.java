package io.gestalt.boot.support;

import java.util.List;

import io.gestalt.message.GestaltException;
import org.jspecify.annotations.Nullable;

/** A property without which, or with which, an application cannot start. */
public final class InvalidPropertyException extends GestaltException {

	private final String property;

	private final @Nullable Object value;

	private final String reason;

	private final List<String> actions;

	/**
	 * Creates the exception.
	 * @param property full name of the property
	 * @param value what it says, {@code null} if it is not set
	 * @param reason what is wrong, a sentence without its stop
	 * @param actions the ways out, each a sentence
	 */
	public InvalidPropertyException(String property, @Nullable Object value, String reason, List<String> actions) {
		super((value != null) ? "Property '%s' with value '%s' is invalid: %s".formatted(property, value, reason)
				: "Property '%s' is not set: %s".formatted(property, reason));
		this.property = property;
		this.value = value;
		this.reason = reason;
		this.actions = List.copyOf(actions);
	}

	public String property() {
		return this.property;
	}

	public @Nullable Object value() {
		return this.value;
	}

	public String reason() {
		return this.reason;
	}

	public List<String> actions() {
		return this.actions;
	}

}
