package io.gestalt.timer;

import java.time.Duration;

import io.gestalt.timer.schedule.Cadence;
import io.gestalt.timer.schedule.CadenceSchedule;
import io.gestalt.timer.schedule.FixedDelay;
import io.gestalt.timer.schedule.FixedRate;
import io.gestalt.timer.schedule.Schedule;
import org.jspecify.annotations.Nullable;

/**
 * How a timer ticks.
 *
 * @param interval from tick to tick, zero only for a single run or a cadence
 * @param initialDelay before the first tick; before the cadence is asked for its first
 * time
 * @param repeat how many runs there are, {@link #FOREVER} for no limit
 * @param mode what the interval is counted from
 * @param cadence says when it ticks, {@code null} if the interval does
 * @param overlap what happens to a tick that meets a run
 * @param jitter how much later, at random, each tick comes; it does not add up
 * @param onError what happens after a run that failed or timed out
 * @param maxRunTime after how long a run is interrupted, zero for never
 */
public record TimerSettings(Duration interval, Duration initialDelay, long repeat, Mode mode, @Nullable Cadence cadence,
		Overlap overlap, Duration jitter, OnError onError, Duration maxRunTime) {

	/** As many runs as there are ticks. */
	public static final long FOREVER = Long.MAX_VALUE;

	private static final Duration SHORTEST = Duration.ofMillis(1);

	public TimerSettings {
		boolean periodic = cadence == null && repeat > 1;
		require(!periodic || interval.compareTo(SHORTEST) >= 0, "Interval of %s is shorter than 1 ms", interval);
		require(!interval.isNegative(), "Interval of %s is negative", interval);
		require(!initialDelay.isNegative(), "Initial delay of %s is negative", initialDelay);
		require(!jitter.isNegative(), "Jitter of %s is negative", jitter);
		require(!periodic || jitter.compareTo(interval) <= 0, "Jitter of %s exceeds the interval", jitter);
		require(!maxRunTime.isNegative(), "Maximum run time of %s is negative", maxRunTime);
		require(repeat > 0, "Repeat count of %s is not positive", repeat);
	}

	private static void require(boolean condition, String message, Object value) {
		if (!condition) {
			throw new IllegalArgumentException(message.formatted(value));
		}
	}

	/** Runs a single time after a delay. */
	public static TimerSettings once(Duration delay) {
		return new TimerSettings(Duration.ZERO, delay, 1, Mode.FIXED_RATE, null, Overlap.SKIP, Duration.ZERO,
				OnError.CONTINUE, Duration.ZERO);
	}

	/** Runs forever at a fixed rate, at once for the first time. */
	public static TimerSettings every(Duration interval) {
		return new TimerSettings(interval, Duration.ZERO, FOREVER, Mode.FIXED_RATE, null, Overlap.SKIP, Duration.ZERO,
				OnError.CONTINUE, Duration.ZERO);
	}

	/** Runs forever at certain times of day. */
	public static TimerSettings at(Cadence cadence) {
		return new TimerSettings(Duration.ZERO, Duration.ZERO, FOREVER, Mode.FIXED_RATE, cadence, Overlap.SKIP,
				Duration.ZERO, OnError.CONTINUE, Duration.ZERO);
	}

	/** The same, but with a delay before the first tick. */
	public TimerSettings initialDelay(Duration delay) {
		return new TimerSettings(this.interval, delay, this.repeat, this.mode, this.cadence, this.overlap, this.jitter,
				this.onError, this.maxRunTime);
	}

	/** The same, but with a number of runs. */
	public TimerSettings repeat(long count) {
		return new TimerSettings(this.interval, this.initialDelay, count, this.mode, this.cadence, this.overlap,
				this.jitter, this.onError, this.maxRunTime);
	}

	/** The same, but with another origin of the interval. */
	public TimerSettings mode(Mode other) {
		return new TimerSettings(this.interval, this.initialDelay, this.repeat, other, this.cadence, this.overlap,
				this.jitter, this.onError, this.maxRunTime);
	}

	/** The same, but with another way to go about ticks that meet a run. */
	public TimerSettings overlap(Overlap other) {
		return new TimerSettings(this.interval, this.initialDelay, this.repeat, this.mode, this.cadence, other,
				this.jitter, this.onError, this.maxRunTime);
	}

	/** The same, but with ticks that come later at random. */
	public TimerSettings jitter(Duration most) {
		return new TimerSettings(this.interval, this.initialDelay, this.repeat, this.mode, this.cadence, this.overlap,
				most, this.onError, this.maxRunTime);
	}

	/** The same, but with another way to go about errors. */
	public TimerSettings onError(OnError other) {
		return new TimerSettings(this.interval, this.initialDelay, this.repeat, this.mode, this.cadence, this.overlap,
				this.jitter, other, this.maxRunTime);
	}

	/** The same, but with a time after which runs are interrupted. */
	public TimerSettings maxRunTime(Duration most) {
		return new TimerSettings(this.interval, this.initialDelay, this.repeat, this.mode, this.cadence, this.overlap,
				this.jitter, this.onError, most);
	}

	Schedule schedule() {
		if (this.cadence != null) {
			return new CadenceSchedule(this.cadence, this.initialDelay);
		}
		return (this.mode == Mode.FIXED_DELAY || this.repeat == 1) ? new FixedDelay(this.interval, this.initialDelay)
				: new FixedRate(this.interval, this.initialDelay);
	}

	boolean endless() {
		return this.repeat == FOREVER;
	}

	/** Whether ticks whose time has passed still come. */
	boolean catchesUp() {
		return this.overlap == Overlap.QUEUE;
	}

	/** What an interval is counted from. */
	public enum Mode {

		/** From the first tick on, so that nothing adds up. */
		FIXED_RATE,
		/** From the end of the run before. */
		FIXED_DELAY

	}

	/** What happens to a tick that meets a run of its timer. */
	public enum Overlap {

		/** It is left out, and counted. */
		SKIP,
		/** Its run begins when the ones before have ended. */
		QUEUE,
		/** It runs beside the others. */
		CONCURRENT

	}

	/** What happens after a run that failed or timed out. */
	public enum OnError {

		/** The timer goes on. */
		CONTINUE,
		/** The timer is cancelled. */
		CANCEL

	}

}
