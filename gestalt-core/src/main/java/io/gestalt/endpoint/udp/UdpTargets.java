package io.gestalt.endpoint.udp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/** Where a UDP client sends to, in turn, and how many senders a server remembers. */
public final class UdpTargets {

	private static final int MAX_PEERS = 10_000;

	private final List<InetSocketAddress> unresolved;

	private final int maxPeers;

	private final AtomicInteger turn = new AtomicInteger();

	private volatile List<InetSocketAddress> addresses = List.of();

	private UdpTargets(List<InetSocketAddress> unresolved, int maxPeers) {
		this.unresolved = List.copyOf(unresolved);
		this.maxPeers = maxPeers;
	}

	/** No targets: a server, which remembers 10,000 senders. */
	public static UdpTargets none() {
		return none(MAX_PEERS);
	}

	/** No targets: a server. */
	public static UdpTargets none(int maxPeers) {
		return new UdpTargets(List.of(), maxPeers);
	}

	/** The targets of a client. */
	public static UdpTargets of(List<InetSocketAddress> targets) {
		return new UdpTargets(targets, MAX_PEERS);
	}

	int maxPeers() {
		return this.maxPeers;
	}

	/** Looks up the hosts, when the endpoint starts. */
	void resolve() {
		this.addresses = this.unresolved.stream().map(UdpTargets::resolve).toList();
	}

	private static InetSocketAddress resolve(InetSocketAddress target) {
		InetSocketAddress resolved = new InetSocketAddress(target.getHostString(), target.getPort());
		if (resolved.isUnresolved()) {
			throw new IllegalArgumentException("Host '%s' is unknown".formatted(target.getHostString()));
		}
		return resolved;
	}

	List<InetSocketAddress> addresses() {
		return this.addresses;
	}

	@Nullable InetSocketAddress next() {
		List<InetSocketAddress> known = this.addresses;
		return known.isEmpty() ? null : known.get(Math.floorMod(this.turn.getAndIncrement(), known.size()));
	}

	/**
	 * Whether a client wants to hear this sender: a target, or anybody behind a group.
	 */
	boolean wants(InetSocketAddress sender) {
		List<InetSocketAddress> known = this.addresses;
		if (known.isEmpty()) {
			return true;
		}
		for (InetSocketAddress target : known) {
			InetAddress host = target.getAddress();
			if (target.equals(sender) || host.isMulticastAddress() || isBroadcast(host)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isBroadcast(InetAddress host) {
		byte[] address = host.getAddress();
		return address.length == 4 && address[3] == (byte) 0xff;
	}

}
