package io.gestalt.timer;

import java.time.Instant;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/** The handle of work that is done again and again. */
public interface Timer {

	/** The name that the user gave it. */
	String name();

	/** How it ticks, {@code null} as long as nobody said so. */
	@Nullable TimerSettings settings();

	/**
	 * Says how it ticks, in place of what was said before.
	 * @throws TimerException if it is {@linkplain TimerState#active() active}
	 */
	void configure(TimerSettings settings);

	/**
	 * Says what it does, in place of what was said before.
	 * @throws TimerException if it is {@linkplain TimerState#active() active}
	 */
	void handle(TimerHandler handler);

	/** Whether anybody has said what it does. */
	boolean handled();

	/**
	 * Begins from the beginning, with the initial delay and all repetitions; does nothing
	 * if it is {@linkplain TimerState#active() active}. Before its {@link Timers} have
	 * started, it starts with them.
	 * @throws TimerException if nobody has said what it does, or when
	 */
	void start();

	/**
	 * Suspends its ticks; does nothing unless it ticks. What runs, or waits for its turn,
	 * is done all the same.
	 */
	void pause();

	/**
	 * Lets it tick again; does nothing unless it is paused. A fixed rate and a cadence go
	 * on as if there had been no pause, and the ticks within are lost. With a fixed delay
	 * and for a single run, what came due in the pause runs at once.
	 */
	void resume();

	/** Ends it. What runs is finished, what waits for its turn is skipped. */
	void cancel();

	/**
	 * Runs once more, now: beside the schedule, which does not change, and not counted
	 * among its repetitions. While it runs already, {@link TimerSettings.Overlap} says
	 * what happens.
	 * @return whether it will run; not if it was skipped, has no handler, was cancelled,
	 * or is stopped with its {@link Timers}
	 */
	boolean fire();

	TimerState state();

	/** How many runs are under way. */
	int running();

	/** How many runs have begun since it was made. */
	long runs();

	/** How many repetitions are still to come, empty for endlessly many. */
	OptionalLong remaining();

	/**
	 * When it ticks next, {@code null} if that is not known: it does not tick, or the
	 * delay begins when the present run ends.
	 */
	@Nullable Instant next();

	/** How the last run failed, {@code null} if it did not. */
	@Nullable Throwable lastError();

	/**
	 * What has cancelled it, {@code null} if it is not {@link TimerState#CANCELLED}, or
	 * was by a call.
	 */
	@Nullable Throwable cancellation();

	TimerCounts counts();

}
