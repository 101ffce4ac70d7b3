package io.gestalt.transport;

import java.net.SocketAddress;

import org.jspecify.annotations.Nullable;

/** Decides what happens to new connections. */
@FunctionalInterface
public interface ConnectionAcceptor {

	/** Whether a connection, its TLS handshake done, is to be kept. */
	default boolean allows(Connection connection) {
		return true;
	}

	/** A connection is ready, its TLS handshake done. */
	Receiver accept(Connection connection);

	/** A connection ended before it was ready. */
	default void failed(@Nullable SocketAddress remote, CloseReason reason, @Nullable Throwable cause) {
	}

}
