package io.gestalt.endpoint.connect;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long a client waits before it connects again: exponential back-off with full jitter
 * (M. Brooker, "Exponential Backoff And Jitter", 2015).
 *
 * @param initialInterval the longest wait after the first failure
 * @param multiplier by what it grows with each further failure
 * @param maxInterval what it grows to; a connection that lasted as long is stable, and
 * starts the count afresh
 * @param jitter whether the wait is random between zero and the interval
 */
public record Reconnect(Duration initialInterval, double multiplier, Duration maxInterval, boolean jitter) {

	/** 100 ms, doubled up to 10 seconds, with jitter. */
	public static final Reconnect DEFAULT = new Reconnect(Duration.ofMillis(100), 2, Duration.ofSeconds(10), true);

	public Reconnect {
		if (initialInterval.isNegative() || initialInterval.isZero()) {
			throw new IllegalArgumentException("Initial interval must be positive, was %s".formatted(initialInterval));
		}
		if (multiplier < 1) {
			throw new IllegalArgumentException("Multiplier must be at least 1, was %s".formatted(multiplier));
		}
		if (maxInterval.compareTo(initialInterval) < 0) {
			throw new IllegalArgumentException("Max interval %s must not be shorter than the initial interval %s"
				.formatted(maxInterval, initialInterval));
		}
	}

	/** The wait after so many failures in a row, at least 1. */
	public Duration delay(int failures) {
		double factor = Math.pow(this.multiplier, Math.min(failures - 1, 1000));
		double millis = Math.min(this.initialInterval.toMillis() * factor, (double) this.maxInterval.toMillis());
		long bound = Math.max(1, (long) millis);
		return Duration.ofMillis(this.jitter ? ThreadLocalRandom.current().nextLong(bound) + 1 : bound);
	}

}
