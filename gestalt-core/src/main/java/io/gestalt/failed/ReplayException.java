package io.gestalt.failed;

import io.gestalt.failed.Failure.Reason;
import io.gestalt.message.GestaltException;
import org.jspecify.annotations.Nullable;

/** A replay that has failed before it came to the handler. */
public final class ReplayException extends GestaltException {

	private final Reason reason;

	public ReplayException(Reason reason, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.reason = reason;
	}

	/** What kind of failure it was. */
	public Reason reason() {
		return this.reason;
	}

}
