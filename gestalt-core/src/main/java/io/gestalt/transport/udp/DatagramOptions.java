package io.gestalt.transport.udp;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * How a UDP socket is opened.
 *
 * @param address where it listens, port 0 for any free one
 * @param broadcast whether datagrams may be sent to a broadcast address
 * @param reusePort whether several sockets may listen on the same port
 * @param multicast how multicast is used, {@code null} for not at all
 */
public record DatagramOptions(InetSocketAddress address, boolean broadcast, boolean reusePort,
		@Nullable Multicast multicast) {

	/**
	 * How multicast is used (RFC 1112).
	 *
	 * @param group the address of the group to join, {@code null} for a socket that only
	 * sends
	 * @param networkInterface name of the network interface, {@code null} for the
	 * system's choice
	 * @param ttl how many routers a datagram may pass
	 */
	public record Multicast(@Nullable String group, @Nullable String networkInterface, int ttl) {
	}

}
