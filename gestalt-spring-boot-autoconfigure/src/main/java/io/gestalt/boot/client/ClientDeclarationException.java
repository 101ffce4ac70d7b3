package io.gestalt.boot.client;

import io.gestalt.message.GestaltException;

/** A method of a client interface that cannot become a message. */
public final class ClientDeclarationException extends GestaltException {

	private final String method;

	public ClientDeclarationException(String method, String message) {
		super(message);
		this.method = method;
	}

	/** The method, {@code OrdersClient.place}. */
	public String method() {
		return this.method;
	}

}
