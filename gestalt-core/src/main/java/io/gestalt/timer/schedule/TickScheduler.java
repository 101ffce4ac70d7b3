package io.gestalt.timer.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Tells the time and calls back at a later one. Tests bring one of their own, by which
 * they say what time it is.
 */
public interface TickScheduler {

	/** The time by the clock on the wall. */
	Instant instant();

	/** Nanoseconds from any origin, by a clock that never jumps. */
	long nanoTime();

	/**
	 * Calls once.
	 * @param tick what to call; it does not block
	 * @param delay after how long, at once if it is not positive
	 * @return to be cancelled when it is not wanted any more
	 * @throws RejectedExecutionException if there are no calls any more
	 */
	Future<?> schedule(Runnable tick, Duration delay);

	/**
	 * Where the work of timers is done.
	 * @param workers threads that may block
	 */
	default Executor executor(Executor workers) {
		return workers;
	}

	/** Calls on the threads of an executor, by the clocks of the system. */
	static TickScheduler of(ScheduledExecutorService executor) {
		return new SystemTickScheduler(executor);
	}

}
