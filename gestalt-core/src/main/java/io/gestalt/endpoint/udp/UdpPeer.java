package io.gestalt.endpoint.udp;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.Principal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

import io.gestalt.dispatch.Lane;
import io.gestalt.dispatch.Origin;
import io.gestalt.message.MessageContext;
import io.gestalt.message.MessageTypes;
import io.gestalt.message.Peer;
import org.jspecify.annotations.Nullable;

/** A sender of datagrams: nothing but its address. */
final class UdpPeer implements Peer, Origin {

	private final String id = "%010x".formatted(ThreadLocalRandom.current().nextLong(1L << 40));

	private final UdpEndpoint endpoint;

	private final InetSocketAddress address;

	private final @Nullable Lane lane;

	private volatile MessageContext context = new MessageContext(this, MessageTypes.NONE);

	private boolean touched;

	UdpPeer(UdpEndpoint endpoint, InetSocketAddress address) {
		this.endpoint = endpoint;
		this.address = address;
		this.lane = endpoint.lane(this);
	}

	@Nullable Lane lane() {
		return this.lane;
	}

	/** Marks that messages arrived; tells whether that is new. */
	boolean touch() {
		boolean first = !this.touched;
		this.touched = true;
		return first;
	}

	void receiveComplete() {
		this.touched = false;
		if (this.lane != null) {
			this.lane.receiveComplete();
		}
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public SocketAddress address() {
		return this.address;
	}

	@Override
	public @Nullable Principal principal() {
		return null;
	}

	@Override
	public void send(@Nullable Object payload) {
		this.endpoint.sendTo(this.address, payload, null);
	}

	@Override
	public CompletableFuture<Void> sendAsync(@Nullable Object payload) {
		return this.endpoint.sendAsyncTo(this.address, payload);
	}

	@Override
	public void close() {
		this.endpoint.forget(this.address);
	}

	@Override
	public MessageContext context(int type) {
		MessageContext known = this.context;
		if (known.type() != type) {
			known = new MessageContext(this, type);
			this.context = known;
		}
		return known;
	}

	@Override
	public void reply(Object result) {
		send(result);
	}

	@Override
	public void undecodable(Throwable cause) {
		this.endpoint.core().undecodable(this, cause);
	}

	@Override
	public void failed(Throwable cause) {
		this.endpoint.core().handlerFailed(this, cause);
	}

	/**
	 * Never, because a socket that all peers share has nobody to tell when it is over.
	 */
	@Override
	public boolean congested() {
		return false;
	}

	@Override
	public void resume() {
	}

	@Override
	public String toString() {
		return "%s at %s".formatted(this.id, this.address);
	}

}
