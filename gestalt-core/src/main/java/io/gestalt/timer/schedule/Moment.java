package io.gestalt.timer.schedule;

import java.time.Duration;
import java.time.Instant;

/**
 * A point in time on two clocks: that on the wall, which may be set, and one that counts
 * nanoseconds and never jumps.
 *
 * @param instant what the clock on the wall says
 * @param nanos what the other counts, from any origin
 */
public record Moment(Instant instant, long nanos) {

	/** The moment that is later by a duration on both clocks. */
	public Moment plus(Duration duration) {
		return duration.isZero() ? this : new Moment(this.instant.plus(duration), this.nanos + Nanos.of(duration));
	}

	/** How much later this is than another, by the clock that never jumps. */
	public Duration since(Moment other) {
		return Duration.ofNanos(this.nanos - other.nanos);
	}

}
