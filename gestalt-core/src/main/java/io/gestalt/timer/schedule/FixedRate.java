package io.gestalt.timer.schedule;

import java.time.Duration;

/**
 * Ticks at whole multiples of an interval after the first, however late any of them came:
 * being late does not add up.
 *
 * @param interval from tick to tick
 * @param initialDelay before the first
 */
public record FixedRate(Duration interval, Duration initialDelay) implements Schedule {

	@Override
	public Moment first(Moment start) {
		return start.plus(this.initialDelay);
	}

	@Override
	public Upcoming after(Moment tick, Moment now, boolean all) {
		long late = Math.max(0, now.nanos() - tick.nanos());
		long missed = all ? 0 : late / Nanos.of(this.interval);
		return new Upcoming(missed, tick.plus(this.interval.multipliedBy(missed + 1)));
	}

}
