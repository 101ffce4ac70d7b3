package io.gestalt.failed;

import io.gestalt.message.GestaltException;

/** Something that cannot be done with a failed message, which is left as it was. */
public final class FailedMessageException extends GestaltException {

	private final long id;

	private final boolean unknown;

	private final String action;

	private FailedMessageException(long id, boolean unknown, String message, String action) {
		super(message);
		this.id = id;
		this.unknown = unknown;
		this.action = action;
	}

	/** There is no message of that number. */
	static FailedMessageException unknown(long id) {
		return new FailedMessageException(id, true, "Failed message %d is not stored".formatted(id),
				"It was replayed, discarded, or pushed out by newer ones: list what is there.");
	}

	/**
	 * Something cannot be done.
	 * @param id number of the message
	 * @param message what is wrong
	 * @param action the way out, a sentence
	 */
	public static FailedMessageException refused(long id, String message, String action) {
		return new FailedMessageException(id, false, message, action);
	}

	/** Number of the message. */
	public long id() {
		return this.id;
	}

	/** Whether there is no such message. */
	public boolean isUnknown() {
		return this.unknown;
	}

	/** The way out. */
	public String action() {
		return this.action;
	}

}
