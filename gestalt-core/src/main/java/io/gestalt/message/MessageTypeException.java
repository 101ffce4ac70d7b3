package io.gestalt.message;

/** A message type identifier that is unknown, out of range, or claimed twice. */
public final class MessageTypeException extends GestaltException {

	private final long id;

	public MessageTypeException(long id, String message) {
		super(message);
		this.id = id;
	}

	/** The identifier in question, read as unsigned 32 bits. */
	public long id() {
		return this.id;
	}

}
