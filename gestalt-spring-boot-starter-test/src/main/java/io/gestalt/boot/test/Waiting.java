package io.gestalt.boot.test;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for futures, but not for ever. */
public final class Waiting {

	private Waiting() {
	}

	/**
	 * Waits for a value.
	 * @throws RuntimeException that the future has failed with
	 * @throws AssertionError if it takes too long
	 */
	public static <T> T get(CompletableFuture<T> future, Duration timeout, String what) {
		try {
			return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof RuntimeException failure) ? failure : new IllegalStateException(ex);
		}
		catch (TimeoutException ex) {
			throw new AssertionError("%s took longer than %d ms".formatted(what, timeout.toMillis()), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while waiting: %s".formatted(what), ex);
		}
	}

}
