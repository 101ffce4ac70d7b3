package io.gestalt.boot.timer.tick;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;

import io.gestalt.timer.schedule.TickScheduler;

import org.springframework.scheduling.TaskScheduler;

/**
 * The scheduler of the application.
 *
 * @param scheduler calls back
 * @param watch sees to what a call throws
 */
record SpringTickScheduler(TaskScheduler scheduler, UnaryOperator<Runnable> watch) implements TickScheduler {

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
		return this.scheduler.schedule(this.watch.apply(tick), instant().plus(delay));
	}

}
