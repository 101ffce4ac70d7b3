package io.gestalt.amqp;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

import io.gestalt.endpoint.Endpoint;
import io.gestalt.message.Peer;
import org.jspecify.annotations.Nullable;

/** The broker, to which an endpoint sends. */
final class BrokerPeer implements Peer {

	private static final int ID_BITS = 40;

	private final String id = "%010x".formatted(ThreadLocalRandom.current().nextLong(1L << ID_BITS));

	private final Endpoint endpoint;

	private final InetSocketAddress address;

	BrokerPeer(Endpoint endpoint, InetSocketAddress address) {
		this.endpoint = endpoint;
		this.address = address;
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public InetSocketAddress address() {
		return this.address;
	}

	@Override
	public @Nullable Principal principal() {
		return null;
	}

	@Override
	public void send(@Nullable Object payload) {
		this.endpoint.send(payload);
	}

	@Override
	public CompletableFuture<Void> sendAsync(@Nullable Object payload) {
		return this.endpoint.sendAsync(payload);
	}

	/** The connection belongs to the application; this ends nothing. */
	@Override
	public void close() {
	}

}
