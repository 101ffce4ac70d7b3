package io.gestalt.boot.timer.tick;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.UnaryOperator;

import io.gestalt.timer.schedule.TickScheduler;

/**
 * One thread for the ticks of an application that has no scheduler: Boot defines one only
 * where scheduled tasks are enabled, and none beside another.
 */
final class OwnTickScheduler implements TickScheduler, AutoCloseable {

	private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, (task) -> {
		Thread thread = new Thread(task, "gestalt-timer");
		thread.setDaemon(true);
		return thread;
	});

	private final TickScheduler ticks = TickScheduler.of(this.executor);

	private final UnaryOperator<Runnable> watch;

	OwnTickScheduler(UnaryOperator<Runnable> watch) {
		this.watch = watch;
		this.executor.setRemoveOnCancelPolicy(true);
	}

	@Override
	public Instant instant() {
		return this.ticks.instant();
	}

	@Override
	public long nanoTime() {
		return this.ticks.nanoTime();
	}

	@Override
	public Future<?> schedule(Runnable tick, Duration delay) {
		return this.ticks.schedule(this.watch.apply(tick), delay);
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
