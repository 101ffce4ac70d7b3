package io.gestalt.endpoint;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.gestalt.dispatch.Lane;
import io.gestalt.message.Peer;

/** The senders that an endpoint has heard of lately, bounded in number. */
final class UdpPeers {

	private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

	private final UdpEndpoint endpoint;

	private final int limit;

	private final Map<InetSocketAddress, UdpPeer> peers = new LinkedHashMap<>(16, 0.75f, true);

	private volatile CompletableFuture<Peer> first = new CompletableFuture<>();

	UdpPeers(UdpEndpoint endpoint, int limit) {
		this.endpoint = endpoint;
		this.limit = limit;
	}

	UdpPeer get(InetSocketAddress address) {
		UdpPeer peer;
		synchronized (this.peers) {
			peer = this.peers.get(address);
			if (peer != null) {
				return peer;
			}
			if (this.peers.size() >= this.limit) {
				forgetOldest();
			}
			peer = new UdpPeer(this.endpoint, address);
			this.peers.put(address, peer);
		}
		this.first.complete(peer);
		return peer;
	}

	private void forgetOldest() {
		Iterator<UdpPeer> eldest = this.peers.values().iterator();
		eldest.next();
		eldest.remove();
	}

	CompletableFuture<Peer> first() {
		return this.first.copy();
	}

	Collection<Peer> all() {
		synchronized (this.peers) {
			return List.copyOf(this.peers.values());
		}
	}

	InetSocketAddress only() {
		synchronized (this.peers) {
			if (this.peers.size() == 1) {
				return this.peers.keySet().iterator().next();
			}
			String name = this.endpoint.name();
			throw new EndpointException(name, this.peers.isEmpty()
					? "Endpoint '%s' has no peer to send to".formatted(name)
					: "Endpoint '%s' has %d peers, which one is meant is not clear".formatted(name, this.peers.size()));
		}
	}

	void forget(InetSocketAddress address) {
		synchronized (this.peers) {
			this.peers.remove(address);
		}
	}

	/** Waits until what was received is handled; what is not by then is abandoned. */
	void awaitIdle(Duration grace) {
		List<Lane> lanes = lanes();
		long start = System.nanoTime();
		while (!lanes.stream().allMatch(Lane::idle) && System.nanoTime() - start < grace.toNanos()) {
			LockSupport.parkNanos(PAUSE);
		}
		lanes.forEach(Lane::abandon);
	}

	private List<Lane> lanes() {
		synchronized (this.peers) {
			return this.peers.values().stream().map(UdpPeer::lane).filter((lane) -> lane != null).toList();
		}
	}

	void clear() {
		synchronized (this.peers) {
			this.peers.clear();
			this.first = new CompletableFuture<>();
		}
	}

}
