package io.gestalt.endpoint;

import java.net.InetSocketAddress;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Addresses and socket options of a UDP endpoint.
 *
 * @param address where a server listens, port 0 for any free one; {@code null} for a
 * client, which takes any
 * @param targets where a client sends to, empty for a server
 * @param broadcast whether datagrams may be sent to a broadcast address
 * @param reusePort whether several sockets may listen on the same port
 * @param multicast the group to join or to send to, {@code null} for none
 * @param maxPeers how many senders a server remembers; the one silent for longest is
 * forgotten first
 */
public record UdpOptions(@Nullable InetSocketAddress address, List<InetSocketAddress> targets, boolean broadcast,
		boolean reusePort, @Nullable Multicast multicast, int maxPeers) {

	public UdpOptions {
		targets = List.copyOf(targets);
	}

	/** A server with the defaults. */
	public static UdpOptions server(InetSocketAddress address) {
		return new UdpOptions(address, List.of(), false, false, null, 10_000);
	}

	/** A client with the defaults. */
	public static UdpOptions client(InetSocketAddress target) {
		return new UdpOptions(null, List.of(target), false, false, null, 10_000);
	}

	public UdpOptions multicast(@Nullable Multicast newMulticast) {
		return new UdpOptions(this.address, this.targets, this.broadcast, this.reusePort, newMulticast, this.maxPeers);
	}

	public UdpOptions broadcast(boolean allowed) {
		return new UdpOptions(this.address, this.targets, allowed, this.reusePort, this.multicast, this.maxPeers);
	}

	public UdpOptions reusePort(boolean reuse) {
		return new UdpOptions(this.address, this.targets, this.broadcast, reuse, this.multicast, this.maxPeers);
	}

	/**
	 * How multicast is used.
	 *
	 * @param group the address of the group to join, {@code null} for a client that only
	 * sends
	 * @param networkInterface name of the network interface, {@code null} for the
	 * system's choice
	 * @param ttl how many routers a datagram may pass
	 */
	public record Multicast(@Nullable String group, @Nullable String networkInterface, int ttl) {
	}

}
