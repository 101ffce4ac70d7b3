package io.gestalt.timer.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The clocks of the system.
 *
 * @param executor calls back
 */
record SystemTickScheduler(ScheduledExecutorService executor) implements TickScheduler {

	@Override
	public Instant instant() {
		return Instant.now();
	}

	@Override
	public long nanoTime() {
		return System.nanoTime();
	}

	@Override
	public Future<?> schedule(Runnable tick, Duration delay) {
		return this.executor.schedule(tick, TimeUnit.NANOSECONDS.convert(delay), TimeUnit.NANOSECONDS);
	}

}
