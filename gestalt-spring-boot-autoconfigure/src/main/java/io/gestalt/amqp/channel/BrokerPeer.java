package io.gestalt.amqp.channel;

import java.net.SocketAddress;
import java.security.Principal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

import io.gestalt.endpoint.Endpoint;
import io.gestalt.message.Peer;
import org.jspecify.annotations.Nullable;

/** The broker, as the peer of an endpoint that publishes. */
final class BrokerPeer implements Peer {

	private final String id = "%010x".formatted(ThreadLocalRandom.current().nextLong(1L << 40));

	private final Endpoint endpoint;

	private final SocketAddress address;

	BrokerPeer(Endpoint endpoint, SocketAddress address) {
		this.endpoint = endpoint;
		this.address = address;
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
		this.endpoint.send(payload);
	}

	@Override
	public CompletableFuture<Void> sendAsync(@Nullable Object payload) {
		return this.endpoint.sendAsync(payload);
	}

	/** Does nothing: others share the connection to the broker. */
	@Override
	public void close() {
	}

}
