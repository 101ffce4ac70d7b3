package io.gestalt.amqp.connection;

import java.io.IOException;
import java.net.Socket;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.SocketConfigurator;
import com.rabbitmq.client.impl.NetworkConnection;

/**
 * Knows the sockets behind connections. One that a peer has stopped reading can be closed
 * in no other way: all that amqp-client offers would write to it first.
 */
final class OpenSockets implements SocketConfigurator {

	private final SocketConfigurator configurator;

	private final Set<Socket> sockets = Collections.newSetFromMap(new WeakHashMap<>());

	private OpenSockets(SocketConfigurator configurator) {
		this.configurator = configurator;
	}

	/** Follows the connections of a factory. */
	static OpenSockets of(ConnectionFactory factory) {
		if (factory.getSocketConfigurator() instanceof OpenSockets known) {
			return known;
		}
		OpenSockets sockets = new OpenSockets(factory.getSocketConfigurator());
		factory.setSocketConfigurator(sockets);
		return sockets;
	}

	@Override
	public void configure(Socket socket) throws IOException {
		if (this.configurator != null) {
			this.configurator.configure(socket);
		}
		synchronized (this.sockets) {
			this.sockets.removeIf(Socket::isClosed);
			this.sockets.add(socket);
		}
	}

	/** Closes the socket of a connection without a word to the peer. */
	void close(NetworkConnection connection) throws IOException {
		List<Socket> matching;
		synchronized (this.sockets) {
			matching = this.sockets.stream()
				.filter((socket) -> socket.getLocalPort() == connection.getLocalPort()
						&& socket.getPort() == connection.getPort())
				.toList();
		}
		for (Socket socket : matching) {
			socket.setSoLinger(true, 0);
			socket.close();
		}
	}

}
