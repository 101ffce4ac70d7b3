package io.gestalt.amqp.consume;

import io.gestalt.message.GestaltException;

/** An error in place of which a message is treated as one that failed. */
final class HandlerErrorException extends GestaltException {

	private final Error error;

	HandlerErrorException(Error error) {
		super("Handler ended with an error: " + error, error);
		this.error = error;
	}

	Error error() {
		return this.error;
	}

}
