package io.gestalt.message;

import org.jspecify.annotations.Nullable;

/** Root of everything that Gestalt throws. */
public class GestaltException extends RuntimeException {

	public GestaltException(String message) {
		super(message);
	}

	public GestaltException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
