package io.gestalt.test.memory;

import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

import io.gestalt.transport.TransportResources;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Where the endpoints of a test find each other by their ports, whatever the host. All
 * that is above the socket is the real thing: pipelines, TLS, framings, codecs, queues,
 * and the back-pressure of a connection that holds 64 KB each way. Multicast is not
 * there, it goes over sockets.
 */
public final class MemoryNetwork {

	private static final int FIRST_PORT = 49_152;

	private final Map<Integer, MemoryServerChannel> servers = new ConcurrentHashMap<>();

	private final Map<Integer, MemoryDatagramChannel> datagrams = new ConcurrentHashMap<>();

	private final AtomicInteger ports = new AtomicInteger(FIRST_PORT);

	/**
	 * What endpoints need to live on this network.
	 * @param worker where handlers run that may block
	 */
	public TransportResources resources(Executor worker) {
		return TransportResources.create(new MemoryLoops(this), worker);
	}

	/** A port that nobody has. */
	public int freePort() {
		return this.ports.getAndIncrement();
	}

	InetSocketAddress bind(MemoryServerChannel server, SocketAddress address) throws BindException {
		return bind(this.servers, server, address);
	}

	InetSocketAddress bind(MemoryDatagramChannel socket, SocketAddress address) throws BindException {
		return bind(this.datagrams, socket, address);
	}

	private <C extends Channel> InetSocketAddress bind(Map<Integer, C> bound, C channel, SocketAddress address)
			throws BindException {
		InetSocketAddress wanted = (InetSocketAddress) address;
		int port = (wanted.getPort() != 0) ? wanted.getPort() : freePort();
		if (bound.putIfAbsent(port, channel) != null) {
			throw new BindException("Port %d of the network in memory is in use".formatted(port));
		}
		return new InetSocketAddress(wanted.getAddress(), port);
	}

	void unbind(MemoryServerChannel server) {
		this.servers.values().remove(server);
	}

	void unbind(MemoryDatagramChannel socket) {
		this.datagrams.values().remove(socket);
	}

	@Nullable MemoryServerChannel server(SocketAddress address) {
		return this.servers.get(((InetSocketAddress) address).getPort());
	}

	@Nullable MemoryDatagramChannel datagrams(InetSocketAddress address) {
		return this.datagrams.get(address.getPort());
	}

	InetSocketAddress newAddress() {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
	}

	/** Where others see what is bound to all addresses. */
	static InetSocketAddress visible(InetSocketAddress bound) {
		return bound.getAddress().isAnyLocalAddress()
				? new InetSocketAddress(InetAddress.getLoopbackAddress(), bound.getPort()) : bound;
	}

}
