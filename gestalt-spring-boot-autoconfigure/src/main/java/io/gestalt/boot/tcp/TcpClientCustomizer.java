package io.gestalt.boot.tcp;

import reactor.netty.tcp.TcpClient;

/** A bean that changes the Reactor Netty clients behind TCP client endpoints. */
@FunctionalInterface
public interface TcpClientCustomizer {

	/**
	 * Changes a client before each attempt to connect.
	 * @param endpoint name of the endpoint
	 * @param client the client so far
	 * @return the changed client
	 */
	TcpClient customize(String endpoint, TcpClient client);

}
