package io.gestalt.amqp.publish;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongUnaryOperator;

/** Looks after messages that have a deadline, while there are any. */
final class SendWatch {

	private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(100);

	private static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(1);

	private final ScheduledExecutorService scheduler;

	private final LongUnaryOperator sweep;

	private final AtomicBoolean armed = new AtomicBoolean();

	/**
	 * Watches nothing yet.
	 * @param scheduler where the watch is held
	 * @param sweep is given the time, and says in how many nanoseconds to come again;
	 * {@link Long#MAX_VALUE} if there is nothing to wait for
	 */
	SendWatch(ScheduledExecutorService scheduler, LongUnaryOperator sweep) {
		this.scheduler = scheduler;
		this.sweep = sweep;
	}

	/** There is something to watch. */
	void arm() {
		if (!this.armed.get() && this.armed.compareAndSet(false, true)) {
			schedule(LONGEST);
		}
	}

	private void schedule(long nanos) {
		try {
			this.scheduler.schedule(this::look, Math.max(SHORTEST, Math.min(nanos, LONGEST)), TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			// the application is about to end
		}
	}

	private void look() {
		long next = this.sweep.applyAsLong(System.nanoTime());
		if (next != Long.MAX_VALUE) {
			schedule(next);
			return;
		}
		this.armed.set(false);
		if (this.sweep.applyAsLong(System.nanoTime()) != Long.MAX_VALUE) {
			arm();
		}
	}

}
