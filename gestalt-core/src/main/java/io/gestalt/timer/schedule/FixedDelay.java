package io.gestalt.timer.schedule;

import java.time.Duration;

/**
 * Ticks an interval after the last run has ended.
 *
 * @param interval from the end of a run to the next tick
 * @param initialDelay before the first tick
 */
public record FixedDelay(Duration interval, Duration initialDelay) implements Schedule {

	@Override
	public Moment first(Moment start) {
		return start.plus(this.initialDelay);
	}

	@Override
	public Upcoming after(Moment tick, Moment now, boolean all) {
		return new Upcoming(0, now.plus(this.interval));
	}

	@Override
	public Moment resume(Moment tick, Moment now) {
		return tick;
	}

	@Override
	public boolean followsRuns() {
		return true;
	}

}
