package io.gestalt.amqp;

import java.time.Duration;

/**
 * How long a stop may take, and has taken.
 *
 * @param start when it began, by the clock of {@link System#nanoTime()}
 * @param length how long it may take
 */
record GracePeriod(long start, Duration length) {

	Duration elapsed() {
		return Duration.ofNanos(System.nanoTime() - this.start);
	}

	/** What is left, never less than nothing. */
	Duration left() {
		Duration left = this.length.minus(elapsed());
		return left.isNegative() ? Duration.ZERO : left;
	}

}
