package io.gestalt.boot.annotation;

import io.gestalt.message.GestaltException;

/**
 * A message that a listener method cannot take, because something it needs is not there
 * or not valid.
 */
public final class ListenerException extends GestaltException {

	private final String method;

	public ListenerException(String method, String message) {
		super(message);
		this.method = method;
	}

	/** The method in short form, {@code Orders.place(Order)}. */
	public String method() {
		return this.method;
	}

}
