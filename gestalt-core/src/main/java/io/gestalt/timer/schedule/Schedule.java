package io.gestalt.timer.schedule;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** Says when a timer ticks. */
public interface Schedule {

	/** The first tick of a timer that starts, {@code null} if there is none. */
	@Nullable Moment first(Moment start);

	/**
	 * What comes after a tick.
	 * @param tick when it was due
	 * @param now a moment at or after it
	 * @param all whether also ticks whose time has passed are to come
	 */
	Upcoming after(Moment tick, Moment now, boolean all);

	/**
	 * What comes after a pause.
	 * @param tick what would have come next before it
	 * @param now the end of the pause
	 */
	default @Nullable Moment resume(Moment tick, Moment now) {
		return (until(tick, now).compareTo(Duration.ZERO) > 0) ? tick : after(tick, now, false).tick();
	}

	/** How long to wait for a tick, or less; negative if it is late. */
	default Duration until(Moment tick, Moment now) {
		return tick.since(now);
	}

	/** Whether the next tick depends on when the run of the one before has ended. */
	default boolean followsRuns() {
		return false;
	}

	/**
	 * The next tick.
	 *
	 * @param missed how many are left out before it
	 * @param tick when it is due, {@code null} if there is none any more
	 */
	record Upcoming(long missed, @Nullable Moment tick) {
	}

}
