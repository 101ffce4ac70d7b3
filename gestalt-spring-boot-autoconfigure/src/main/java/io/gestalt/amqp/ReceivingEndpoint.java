package io.gestalt.amqp;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.gestalt.endpoint.EndpointException;
import io.gestalt.endpoint.IntakeEndpoint;
import io.gestalt.message.Peer;
import org.jspecify.annotations.Nullable;

/** An endpoint that handles what others send through RabbitMQ, and only replies. */
public interface ReceivingEndpoint extends AmqpEndpoint, IntakeEndpoint {

	/** How many consumers there are at present. */
	int consumers();

	/** Nobody: senders are known by their messages only. */
	@Override
	default Collection<Peer> peers() {
		return List.of();
	}

	@Override
	default CompletableFuture<Peer> whenConnected() {
		return CompletableFuture.failedFuture(receivesOnly());
	}

	@Override
	default void send(@Nullable Object payload) {
		throw receivesOnly();
	}

	@Override
	default CompletableFuture<Void> sendAsync(@Nullable Object payload) {
		return CompletableFuture.failedFuture(receivesOnly());
	}

	@Override
	default int sendToAll(@Nullable Object payload) {
		throw receivesOnly();
	}

	@Override
	default <R> CompletableFuture<R> request(@Nullable Object payload, Type replyType, @Nullable Duration timeout) {
		return CompletableFuture.failedFuture(receivesOnly());
	}

	private EndpointException receivesOnly() {
		return new EndpointException(name(),
				"Endpoint '%s' receives only; to send there are publishers, to ask there are requesters"
					.formatted(name()));
	}

}
