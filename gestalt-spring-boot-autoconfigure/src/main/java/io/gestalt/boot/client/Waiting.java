package io.gestalt.boot.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointException;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * Waits for what an endpoint promised, on threads that may wait.
 *
 * @param endpoint the endpoint
 */
record Waiting(Endpoint endpoint) {

	/** An endpoint that gives up by itself can say better why. */
	private static final Duration MARGIN = Duration.ofMillis(250);

	/** Waits within the send timeout. */
	void forDelivery(Supplier<CompletableFuture<Void>> send) {
		checkMayWait();
		CompletableFuture<Void> delivery = send.get();
		long timeout = this.endpoint.sendTimeout().plus(MARGIN).toNanos();
		try {
			delivery.get(timeout, TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			delivery.cancel(true);
			throw failure("did not write the message within the send timeout of " + this.endpoint.sendTimeout(), null);
		}
		catch (ExecutionException ex) {
			throw unwrap(ex);
		}
		catch (InterruptedException ex) {
			throw interrupted(delivery, ex);
		}
	}

	/** Waits for a reply; the endpoint itself ends the wait after its request timeout. */
	<R> @Nullable R forReply(Supplier<CompletableFuture<R>> request) {
		checkMayWait();
		CompletableFuture<R> reply = request.get();
		try {
			return reply.get();
		}
		catch (ExecutionException ex) {
			throw unwrap(ex);
		}
		catch (InterruptedException ex) {
			throw interrupted(reply, ex);
		}
	}

	private void checkMayWait() {
		if (Schedulers.isInNonBlockingThread()) {
			throw new IllegalStateException("Endpoint '%s' was asked to wait on thread '%s', which must not block"
				.formatted(this.endpoint.name(), Thread.currentThread().getName()));
		}
	}

	private RuntimeException interrupted(CompletableFuture<?> future, InterruptedException cause) {
		future.cancel(true);
		Thread.currentThread().interrupt();
		return failure("was interrupted while its caller waited", cause);
	}

	private RuntimeException unwrap(ExecutionException ex) {
		Throwable cause = ex.getCause();
		if (cause instanceof Error error) {
			throw error;
		}
		return (cause instanceof RuntimeException exception) ? exception : failure("failed: " + cause, cause);
	}

	private EndpointException failure(String what, @Nullable Throwable cause) {
		return new EndpointException(this.endpoint.name(), "Endpoint '%s' %s".formatted(this.endpoint.name(), what),
				cause);
	}

}
