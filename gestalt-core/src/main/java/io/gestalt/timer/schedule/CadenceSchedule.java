package io.gestalt.timer.schedule;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Ticks when the clock on the wall shows the times of a cadence. Waits are cut to a
 * minute, so that a clock that was set, or a machine that slept, is noticed.
 *
 * @param cadence the times
 * @param initialDelay before the first of them is looked for
 */
public record CadenceSchedule(Cadence cadence, Duration initialDelay) implements Schedule {

	private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

	private static final int MOST_MISSED = 10_000;

	@Override
	public @Nullable Moment first(Moment start) {
		return moment(next(start.instant().plus(this.initialDelay)), start);
	}

	@Override
	public Upcoming after(Moment tick, Moment now, boolean all) {
		Instant next = next(tick.instant());
		long missed = 0;
		while (!all && next != null && !next.isAfter(now.instant())) {
			missed++;
			next = next((missed < MOST_MISSED) ? next : now.instant());
		}
		return new Upcoming(missed, moment(next, now));
	}

	private @Nullable Instant next(Instant time) {
		Instant next = this.cadence.next(time);
		if (next != null && !next.isAfter(time)) {
			throw new IllegalStateException("Cadence says that %s comes after %s".formatted(next, time));
		}
		return next;
	}

	private static @Nullable Moment moment(@Nullable Instant instant, Moment now) {
		return (instant == null) ? null
				: new Moment(instant, now.nanos() + Nanos.of(Duration.between(now.instant(), instant)));
	}

	@Override
	public Duration until(Moment tick, Moment now) {
		Duration wait = Duration.between(now.instant(), tick.instant());
		return (wait.compareTo(LONGEST_WAIT) < 0) ? wait : LONGEST_WAIT;
	}

}
