package io.gestalt.timer;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** Something in the life of a timer. */
public sealed interface TimerEvent {

	/** The timer. */
	Timer timer();

	/**
	 * A timer has begun to tick.
	 *
	 * @param timer the timer
	 */
	record Started(Timer timer) implements TimerEvent {
	}

	/**
	 * A timer will tick no more, because all is done, it was cancelled or it was stopped;
	 * {@link Timer#state()} says which.
	 *
	 * @param timer the timer
	 * @param cause why it was cancelled, {@code null} if no error was the cause
	 */
	record Ended(Timer timer, @Nullable Throwable cause) implements TimerEvent {
	}

	/**
	 * What was under way when a timer was stopped has ended, or was given up.
	 *
	 * @param timer the timer
	 * @param finished how many runs ended within the grace period
	 * @param abandoned how many did not, and were interrupted
	 * @param dropped how many waited, and never began
	 * @param elapsed how long the stop took
	 */
	record Stopped(Timer timer, long finished, long abandoned, long dropped, Duration elapsed) implements TimerEvent {
	}

	/**
	 * A run begins, on the thread of this call.
	 *
	 * @param timer the timer
	 * @param lag how much later that is than scheduled
	 */
	record RunBegun(Timer timer, Duration lag) implements TimerEvent {
	}

	/**
	 * A run has ended, on the thread of this call.
	 *
	 * @param timer the timer
	 * @param outcome how
	 * @param elapsed how long it took
	 * @param error what was thrown, {@code null} if nothing was
	 */
	record RunEnded(Timer timer, Outcome outcome, Duration elapsed, @Nullable Throwable error) implements TimerEvent {
	}

	/**
	 * Ticks led to no run.
	 *
	 * @param timer the timer
	 * @param count how many
	 */
	record Skipped(Timer timer, long count) implements TimerEvent {
	}

	/** How a run may end. */
	enum Outcome {

		/** The handler returned. */
		SUCCEEDED,
		/** The handler threw something. */
		FAILED,
		/** It took longer than it may, and was interrupted. */
		TIMED_OUT,
		/** It outlived the grace period of a stop, and was interrupted. */
		ABANDONED;

		/** Whether the handler is to blame. */
		boolean broken() {
			return this == FAILED || this == TIMED_OUT;
		}

	}

}
