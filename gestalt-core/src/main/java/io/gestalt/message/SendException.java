package io.gestalt.message;

import org.jspecify.annotations.Nullable;

/** A message that was refused, dropped or lost on its way out. */
public final class SendException extends GestaltException {

	private final Counter reason;

	public SendException(Counter reason, String message) {
		this(reason, message, null);
	}

	public SendException(Counter reason, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.reason = reason;
	}

	/** Under which heading the message was counted. */
	public Counter reason() {
		return this.reason;
	}

}
