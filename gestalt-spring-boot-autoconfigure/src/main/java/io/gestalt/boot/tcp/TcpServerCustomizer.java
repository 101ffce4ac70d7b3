package io.gestalt.boot.tcp;

import reactor.netty.tcp.TcpServer;

/** A bean that changes the Reactor Netty servers behind TCP server endpoints. */
@FunctionalInterface
public interface TcpServerCustomizer {

	/**
	 * Changes a server before it is bound.
	 * @param endpoint name of the endpoint
	 * @param server the server so far
	 * @return the changed server
	 */
	TcpServer customize(String endpoint, TcpServer server);

}
