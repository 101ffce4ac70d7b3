package io.gestalt.endpoint.framed;

import java.util.concurrent.CompletableFuture;

import io.gestalt.transport.queue.Ticket;
import org.jspecify.annotations.Nullable;

/** Tells a sender what became of its message. */
final class Delivery implements Ticket {

	private final CompletableFuture<@Nullable Void> future = new CompletableFuture<>();

	CompletableFuture<@Nullable Void> future() {
		return this.future;
	}

	@Override
	public void written() {
		this.future.complete(null);
	}

	@Override
	public void failed(Throwable cause) {
		this.future.completeExceptionally(cause);
	}

	@Override
	public boolean abandoned() {
		return this.future.isDone();
	}

}
