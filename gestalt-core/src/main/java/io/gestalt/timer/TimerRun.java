package io.gestalt.timer;

import java.time.Duration;
import java.util.concurrent.Future;

import io.gestalt.timer.TimerEvent.Outcome;
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

	/** Lets it fail without having begun. */
	@Nullable TimerRun refuse(Throwable cause) {
		this.timer.begun(this.due);
		end(cause);
		return this.timer.ended(this, new TimerEvent.RunEnded(this.timer, Outcome.FAILED, Duration.ZERO, cause));
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
			return this.timer.ended(this, new TimerEvent.RunEnded(this.timer, Outcome.ABANDONED, Duration.ZERO, null));
		}
		Moment begin = this.timer.begun(this.due);
		Future<?> guard = this.timer.watch(this);
		Throwable error = null;
		try {
			this.timer.work();
		}
		catch (Throwable ex) {
			error = ex;
		}
		Outcome outcome = end(error);
		if (guard != null) {
			guard.cancel(false);
		}
		return this.timer.ended(this, new TimerEvent.RunEnded(this.timer, outcome, this.timer.since(begin), error));
	}

	private synchronized boolean begin() {
		this.thread = Thread.currentThread();
		this.over = this.broken != null;
		return !this.over;
	}

	private synchronized Outcome end(@Nullable Throwable error) {
		this.over = true;
		if (this.broken != null) {
			// the interruption was meant for the handler, not for what runs here next
			Thread.interrupted();
			return this.broken;
		}
		return (error != null) ? Outcome.FAILED : Outcome.SUCCEEDED;
	}

	/** Interrupts it because it takes too long. */
	synchronized boolean timeOut() {
		if (this.over || this.broken != null) {
			return false;
		}
		interrupt(Outcome.TIMED_OUT);
		return true;
	}

	/** Interrupts it because the timer has stopped. */
	synchronized boolean abandon() {
		if (this.over || this.broken == Outcome.ABANDONED) {
			return false;
		}
		interrupt(Outcome.ABANDONED);
		return true;
	}

	/** Whether it is this thread that runs it. */
	synchronized boolean own() {
		return this.thread == Thread.currentThread();
	}

	private void interrupt(Outcome reason) {
		this.broken = reason;
		if (this.thread != null) {
			this.thread.interrupt();
		}
	}

}
