package io.gestalt.test.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

import io.gestalt.timer.schedule.TickScheduler;
import org.jspecify.annotations.Nullable;

/**
 * A clock that stands still until a test moves it on, and that timers follow: each tick
 * comes at its very moment, in order, on the thread that moves the clock. So does the
 * work of the timers, unless it is to be left to their own threads.
 *
 * <p>
 * A handler that takes time is a handler that moves the clock itself.
 */
public final class ManualClock extends Clock implements TickScheduler {

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private final Object monitor = new Object();

	private final Queue<Call> calls = new PriorityQueue<>(
			Comparator.comparingLong(Call::due).thenComparingLong(Call::number));

	private final boolean inline;

	private Instant instant;

	private long nanos;

	private long number;

	/** A clock at the beginning of the year 2026, in the time zone UTC. */
	public ManualClock() {
		this(START);
	}

	/** A clock at some time. */
	public ManualClock(Instant start) {
		this(start, true);
	}

	private ManualClock(Instant start, boolean inline) {
		this.instant = start;
		this.inline = inline;
	}

	/** A clock that leaves the work of timers to their own threads. */
	public static ManualClock withThreads() {
		return new ManualClock(START, false);
	}

	/**
	 * Moves on, and does on the way what comes due.
	 * @param duration how far, not negative
	 */
	public void advance(Duration duration) {
		long target;
		synchronized (this.monitor) {
			target = this.nanos + duration.toNanos();
		}
		Call call = next(target);
		while (call != null) {
			call.task.run();
			call = next(target);
		}
	}

	/**
	 * Moves on to a time.
	 * @param time not before the present
	 */
	public void advanceTo(Instant time) {
		advance(Duration.between(instant(), time));
	}

	private @Nullable Call next(long target) {
		synchronized (this.monitor) {
			Call call = this.calls.peek();
			if (call == null || call.due > target) {
				moveTo(target);
				return null;
			}
			moveTo(call.due);
			return this.calls.remove();
		}
	}

	/** A handler may have moved on further. */
	private void moveTo(long time) {
		if (time > this.nanos) {
			this.instant = this.instant.plusNanos(time - this.nanos);
			this.nanos = time;
		}
	}

	/**
	 * Sets what the clock shows, forward or back, without any time passing.
	 * @param time what it shows then
	 */
	public void set(Instant time) {
		synchronized (this.monitor) {
			this.instant = time;
		}
	}

	@Override
	public Instant instant() {
		synchronized (this.monitor) {
			return this.instant;
		}
	}

	@Override
	public long nanoTime() {
		synchronized (this.monitor) {
			return this.nanos;
		}
	}

	/** How many calls are scheduled that were not cancelled. */
	public int scheduled() {
		synchronized (this.monitor) {
			return (int) this.calls.stream().filter((call) -> !call.task.isCancelled()).count();
		}
	}

	/** What is due at once comes with the next advance, even of no time. */
	@Override
	public Future<?> schedule(Runnable tick, Duration delay) {
		FutureTask<?> task = new FutureTask<>(tick, null);
		synchronized (this.monitor) {
			this.calls.removeIf((call) -> call.task.isCancelled());
			this.calls.add(new Call(this.nanos + Math.max(0, delay.toNanos()), this.number++, task));
		}
		return task;
	}

	@Override
	public Executor executor(Executor workers) {
		return this.inline ? Runnable::run : workers;
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		ManualClock clock = this;
		return new Clock() {

			@Override
			public ZoneId getZone() {
				return zone;
			}

			@Override
			public Clock withZone(ZoneId other) {
				return clock.withZone(other);
			}

			@Override
			public Instant instant() {
				return clock.instant();
			}

		};
	}

	private record Call(long due, long number, FutureTask<?> task) {
	}

}
