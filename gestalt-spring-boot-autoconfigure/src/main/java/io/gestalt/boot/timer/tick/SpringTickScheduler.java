package io.gestalt.boot.timer.tick;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;

import io.gestalt.timer.schedule.TickScheduler;

import org.springframework.scheduling.TaskScheduler;

/**
 * The scheduler of the application.
 *
 * @param scheduler calls back
 */
record SpringTickScheduler(TaskScheduler scheduler) implements TickScheduler {

	@Override
	public Instant instant() {
		return this.scheduler.getClock().instant();
	}

	@Override
	public long nanoTime() {
		return System.nanoTime();
	}

	@Override
	public Future<?> schedule(Runnable tick, Duration delay) {
		return this.scheduler.schedule(tick, instant().plus(delay));
	}

}
