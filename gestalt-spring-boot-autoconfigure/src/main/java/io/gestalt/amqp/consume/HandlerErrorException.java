package io.gestalt.amqp.consume;

/** An error in place of which a message is treated as one that failed. */
final class HandlerErrorException extends IllegalStateException {

	private final Error error;

	HandlerErrorException(Error error) {
		super("Handler ended with an error: " + error, error);
		this.error = error;
	}

	Error error() {
		return this.error;
	}

}
