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

	private final Set<Socket> connecting = Collections.newSetFromMap(new WeakHashMap<>());

	private int users;

	private OpenSockets(SocketConfigurator configurator) {
		this.configurator = configurator;
	}

	/** Follows the connections of a factory. */
	static OpenSockets of(ConnectionFactory factory) {
		OpenSockets sockets = (factory.getSocketConfigurator() instanceof OpenSockets known) ? known
				: new OpenSockets(factory.getSocketConfigurator());
		factory.setSocketConfigurator(sockets);
		return sockets;
	}

	/** Somebody wants connections from now on. */
	void use() {
		synchronized (this.sockets) {
			this.users++;
		}
	}

	@Override
	public void configure(Socket socket) throws IOException {
		if (this.configurator != null) {
			this.configurator.configure(socket);
		}
		synchronized (this.sockets) {
			this.sockets.removeIf(Socket::isClosed);
			this.sockets.add(socket);
			if (Aside.isOfEndpoint(Thread.currentThread())) {
				connecting(socket);
			}
		}
	}

	/** Others may use the factory for longer than endpoints do. */
	private void connecting(Socket socket) throws IOException {
		if (this.users == 0) {
			throw new IOException("The endpoints of the application have stopped");
		}
		this.connecting.add(socket);
	}

	/** A connection is open, its handshake done. */
	void opened(NetworkConnection connection) {
		synchronized (this.sockets) {
			this.connecting.removeAll(of(connection));
		}
	}

	private List<Socket> of(NetworkConnection connection) {
		return this.sockets.stream()
			.filter((socket) -> socket.getLocalPort() == connection.getLocalPort()
					&& socket.getPort() == connection.getPort())
			.toList();
	}

	/** Somebody wants none any more; if that was the last, what is being opened ends. */
	void leave() throws IOException {
		List<Socket> unwanted;
		synchronized (this.sockets) {
			this.users--;
			unwanted = (this.users == 0) ? List.copyOf(this.connecting) : List.of();
		}
		for (Socket socket : unwanted) {
			socket.close();
		}
	}

	/** Closes the socket of a connection without a word to the peer. */
	void close(NetworkConnection connection) throws IOException {
		List<Socket> matching;
		synchronized (this.sockets) {
			matching = of(connection);
		}
		for (Socket socket : matching) {
			socket.setSoLinger(true, 0);
			socket.close();
		}
	}

}
