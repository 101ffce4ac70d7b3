package io.gestalt.timer;

import java.time.Duration;
import java.util.concurrent.Executor;

import io.gestalt.timer.TimerEvent.Outcome;
import io.gestalt.timer.TimerEvent.RunEnded;
import io.gestalt.timer.schedule.Moment;
import org.jspecify.annotations.Nullable;

/** One run of a timer, and on the same thread those that have waited for its end. */
final class TimerRun implements Runnable {

	private final ScheduledTimer timer;

	private final Moment due;

	private @Nullable Thread thread;

	private @Nullable Outcome broken;

	private boolean over;

	/**
	 * Creates a run.
	 * @param timer the timer whose handler runs
	 * @param due when it should begin
	 */
	TimerRun(ScheduledTimer timer, Moment due) {
		this.timer = timer;
		this.due = due;
	}

	/**
	 * Gives it to threads, or lets it fail if they cannot take it, as those that wait for
	 * it.
	 */
	void handOver(Executor threads) {
		TimerRun run = this;
		while (run != null) {
			try {
				threads.execute(run);
				return;
			}
			catch (RuntimeException | Error ex) {
				this.timer.record().begun(Duration.ZERO);
				run = run.end(Duration.ZERO, ex);
			}
		}
	}

	@Override
	public void run() {
		TimerRun next = this;
		while (next != null) {
			next = next.toItsEnd();
		}
	}

	private @Nullable TimerRun toItsEnd() {
		if (!begin()) {
			return end(Duration.ZERO, null);
		}
		Moment begin = this.timer.ticks().now();
		Throwable error = null;
		try {
			this.timer.record().begun(this.timer.ticks().lag(this.due));
			this.timer.work(this::timeOut);
		}
		catch (Throwable ex) {
			error = ex;
		}
		return end(this.timer.ticks().now().since(begin), error);
	}

	private synchronized boolean begin() {
		this.thread = Thread.currentThread();
		return this.broken == null;
	}

	private void timeOut(Duration limit) {
		if (interrupt(Outcome.TIMED_OUT)) {
			this.timer.record().timedOut(limit);
		}
	}

	private @Nullable TimerRun end(Duration elapsed, @Nullable Throwable error) {
		return this.timer.ended(this, new RunEnded(this.timer, outcome(error), elapsed, error));
	}

	private synchronized Outcome outcome(@Nullable Throwable error) {
		this.over = true;
		if (this.broken != null) {
			// the interruption was meant for the handler, not for what runs here next
			Thread.interrupted();
			return this.broken;
		}
		return (error != null) ? Outcome.FAILED : Outcome.SUCCEEDED;
	}

	/** Interrupts it because the timer was stopped and has no more time. */
	boolean abandon() {
		if (interrupt(Outcome.ABANDONED)) {
			this.timer.record().abandoned();
			return true;
		}
		return false;
	}

	private synchronized boolean interrupt(Outcome reason) {
		if (this.over || this.broken == reason || this.broken == Outcome.ABANDONED) {
			return false;
		}
		this.broken = reason;
		if (this.thread != null) {
			this.thread.interrupt();
		}
		return true;
	}

	/** Whether a stop waits for it: not for its own thread, nor for what was given up. */
	synchronized boolean awaited() {
		return this.thread != Thread.currentThread() && this.broken != Outcome.ABANDONED;
	}

}
