package io.gestalt.message;

/**
 * A failure that is told to the peer: a handler that throws it answers with its code and
 * its text, and the one that asked gets the same exception. Of all other exceptions a
 * peer learns no more than {@link #INTERNAL}.
 */
public final class RemoteException extends GestaltException {

	/** Code of a handler that failed. */
	public static final String INTERNAL = "internal";

	/** Code of a request that could not be decoded. */
	public static final String UNDECODABLE = "undecodable";

	/** Code of a request that no handler wants. */
	public static final String UNHANDLED = "unhandled";

	private final String code;

	/**
	 * Says what went wrong.
	 * @param code for programs, such as {@code out-of-stock}
	 * @param message for people
	 */
	public RemoteException(String code, String message) {
		super(message);
		this.code = code;
	}

	/** What went wrong, for programs. */
	public String code() {
		return this.code;
	}

}
