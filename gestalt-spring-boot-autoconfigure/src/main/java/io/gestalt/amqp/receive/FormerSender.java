package io.gestalt.amqp.receive;

import java.net.SocketAddress;
import java.security.Principal;
import java.util.concurrent.CompletableFuture;

import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.endpoint.EndpointException;
import io.gestalt.failed.Sender;
import io.gestalt.message.Peer;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a message that is handled once more. It waits for no reply any more.
 *
 * @param settings those of the endpoint
 * @param sender what is known of it
 */
record FormerSender(AmqpSettings settings, Sender sender) implements Peer {

	@Override
	public String id() {
		return this.sender.id();
	}

	@Override
	public SocketAddress address() {
		return this.settings.resources().connections().address();
	}

	@Override
	public @Nullable Principal principal() {
		String name = this.sender.principal();
		return (name != null) ? () -> name : null;
	}

	@Override
	public void send(@Nullable Object payload) {
		throw noReply();
	}

	@Override
	public CompletableFuture<Void> sendAsync(@Nullable Object payload) {
		return CompletableFuture.failedFuture(noReply());
	}

	private EndpointException noReply() {
		return new EndpointException(this.settings.name(),
				"Endpoint '%s' sends no reply to a message that is handled once more".formatted(this.settings.name()));
	}

	@Override
	public void close() {
	}

}
