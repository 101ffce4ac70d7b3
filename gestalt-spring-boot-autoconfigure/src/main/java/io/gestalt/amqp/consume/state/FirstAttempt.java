package io.gestalt.amqp.consume.state;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first attempt to consume, for which a start waits, but not for long. */
public final class FirstAttempt {

	private static final Logger logger = LoggerFactory.getLogger(FirstAttempt.class);

	private final CompletableFuture<@Nullable Void> outcome = new CompletableFuture<>();

	private final String endpoint;

	FirstAttempt(String endpoint) {
		this.endpoint = endpoint;
	}

	void succeeded() {
		this.outcome.complete(null);
	}

	void failed(Exception cause) {
		this.outcome.completeExceptionally(cause);
	}

	/**
	 * Waits until it is over.
	 * @param patience for how long at the most
	 * @return why it failed, {@code null} if it did not, or has not yet
	 */
	public @Nullable Exception await(Duration patience) {
		try {
			this.outcome.get(patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			logger.warn("Endpoint '{}' has not reached RabbitMQ within {} ms and keeps trying", this.endpoint,
					patience.toMillis());
		}
		catch (ExecutionException ex) {
			return (ex.getCause() instanceof Exception cause) ? cause : ex;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return null;
	}

}
