package io.gestalt.transport;

import java.net.SocketAddress;

/** An open listening socket. */
public interface Binding {

	/** Where it listens, with the port that the system chose if it was asked to. */
	SocketAddress address();

	/** Accepts nothing more; connections that were accepted stay. */
	void close();

}
