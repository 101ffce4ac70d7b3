package io.gestalt.endpoint.udp;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
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

	/**
	 * How many to look at for each that is added, so that the idle ones never pile up.
	 */
	private static final int LOOKED_AT = 2;

	private final UdpEndpoint endpoint;

	private final int limit;

	private final Map<InetSocketAddress, UdpPeer> peers = new LinkedHashMap<>(16, 0.75f, true);

	/** Those of forgotten peers that still have work. */
	private final Deque<Lane> leaving = new ArrayDeque<>();

	private volatile CompletableFuture<Peer> first = new CompletableFuture<>();

	UdpPeers(UdpEndpoint endpoint, int limit) {
		this.endpoint = endpoint;
		this.limit = limit;
	}

	UdpPeer get(InetSocketAddress address) {
		UdpPeer peer;
		CompletableFuture<Peer> awaited;
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
			awaited = this.first;
		}
		awaited.complete(peer);
		return peer;
	}

	private void forgetOldest() {
		Iterator<UdpPeer> eldest = this.peers.values().iterator();
		UdpPeer forgotten = eldest.next();
		eldest.remove();
		forgotten(forgotten);
	}

	/** Its work goes on, and it is not the first one any more. */
	private void forgotten(UdpPeer peer) {
		Lane lane = peer.lane();
		if (lane != null && !lane.idle()) {
			this.leaving.add(lane);
		}
		for (int i = 0; i < LOOKED_AT && !this.leaving.isEmpty(); i++) {
			Lane next = this.leaving.remove();
			if (!next.idle()) {
				this.leaving.add(next);
			}
		}
		if (this.first.isDone() && this.first.join() == peer) {
			this.first = this.peers.values()
				.stream()
				.findFirst()
				.map((other) -> CompletableFuture.completedFuture((Peer) other))
				.orElseGet(CompletableFuture::new);
		}
	}

	CompletableFuture<Peer> first() {
		synchronized (this.peers) {
			return this.first.copy();
		}
	}

	Collection<Peer> all() {
		synchronized (this.peers) {
			return List.copyOf(this.peers.values());
		}
	}

	InetSocketAddress only() {
		synchronized (this.peers) {
			return this.endpoint.core().only(this.peers.keySet());
		}
	}

	void forget(InetSocketAddress address) {
		synchronized (this.peers) {
			UdpPeer forgotten = this.peers.remove(address);
			if (forgotten != null) {
				forgotten(forgotten);
			}
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
			List<Lane> lanes = new ArrayList<>(this.leaving);
			for (UdpPeer peer : this.peers.values()) {
				if (peer.lane() != null) {
					lanes.add(peer.lane());
				}
			}
			return lanes;
		}
	}

	void clear() {
		synchronized (this.peers) {
			this.peers.clear();
			this.leaving.clear();
			this.first = new CompletableFuture<>();
		}
	}

}
