package io.gestalt.endpoint.framed;

import java.net.SocketAddress;
import java.security.Principal;
import java.util.concurrent.CompletableFuture;

import io.gestalt.failed.Sender;
import io.gestalt.message.Peer;
import org.jspecify.annotations.Nullable;

/**
 * The sender of a message that is handled once more, as far as it is remembered.
 *
 * @param sender what is known of it
 * @param core counts what is refused
 */
record GonePeer(Sender sender, EndpointCore core) implements Peer {

	@Override
	public String id() {
		return this.sender.id();
	}

	@Override
	public SocketAddress address() {
		return this.sender.socketAddress();
	}

	@Override
	public @Nullable Principal principal() {
		String name = this.sender.principal();
		return (name != null) ? () -> name : null;
	}

	@Override
	public void send(@Nullable Object payload) {
		throw this.core.refused("Peer %s of a message that is handled once more is gone".formatted(this));
	}

	@Override
	public CompletableFuture<Void> sendAsync(@Nullable Object payload) {
		return EndpointCore.follow((ticket) -> send(payload));
	}

	/** Does nothing: it is gone. */
	@Override
	public void close() {
	}

	@Override
	public String toString() {
		return "%s at %s".formatted(id(), this.sender.address());
	}

}
