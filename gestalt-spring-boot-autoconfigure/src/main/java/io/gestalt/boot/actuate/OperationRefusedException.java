package io.gestalt.boot.actuate;

import io.gestalt.message.GestaltException;
import org.jspecify.annotations.Nullable;

/** An operation that cannot be done as it was asked for. */
public final class OperationRefusedException extends GestaltException {

	private final String action;

	/**
	 * Says what is refused.
	 * @param message what is wrong
	 * @param action the way out, a sentence
	 */
	public OperationRefusedException(String message, String action) {
		this(message, action, null);
	}

	/**
	 * Says what is refused.
	 * @param message what is wrong
	 * @param action the way out, a sentence
	 * @param cause who refused it
	 */
	public OperationRefusedException(String message, String action, @Nullable Throwable cause) {
		super(message, cause);
		this.action = action;
	}

	/** The way out. */
	public String action() {
		return this.action;
	}

}
