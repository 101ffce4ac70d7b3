package io.gestalt.timer.schedule;

import java.time.Duration;

/** Nanoseconds of durations, of which the longest are cut to a hundred years. */
final class Nanos {

	private static final Duration LONGEST = Duration.ofDays(36_500);

	private Nanos() {
	}

	static long of(Duration duration) {
		return ((duration.compareTo(LONGEST) < 0) ? duration : LONGEST).toNanos();
	}

}
