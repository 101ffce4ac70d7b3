package io.gestalt.amqp.connection;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How long those that start within a minute wait for a broker that does not answer: all
 * together no longer than one alone.
 */
public final class FirstContact {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final Duration MEMORY = Duration.ofMinutes(1);

	/** By {@link System#nanoTime()}, {@code null} if nobody has waited in vain. */
	private @Nullable Long since;

	/** How long it may be waited from now on. */
	public synchronized Duration patience() {
		long now = System.nanoTime();
		Long begin = this.since;
		if (begin == null || now - begin > MEMORY.toNanos()) {
			this.since = now;
			return PATIENCE;
		}
		Duration left = PATIENCE.minusNanos(now - begin);
		return left.isNegative() ? Duration.ZERO : left;
	}

	/** The broker has answered. */
	public synchronized void made() {
		this.since = null;
	}

}
