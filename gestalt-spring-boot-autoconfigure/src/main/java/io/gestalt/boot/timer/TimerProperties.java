package io.gestalt.boot.timer;

import java.time.Duration;
import java.time.ZoneId;

import io.gestalt.timer.TimerSettings.Mode;
import io.gestalt.timer.TimerSettings.OnError;
import io.gestalt.timer.TimerSettings.Overlap;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A timer. What is not set is taken from the annotation.
 *
 * @param interval from tick to tick
 * @param initialDelay before the first tick, or before cron is asked for its first time
 * (default 0s)
 * @param cron at what times of day it ticks, in place of an interval: second, minute,
 * hour, day of month, month, day of week
 * @param zone time zone of cron, such as Europe/Berlin; unless set, that of the system
 * @param repeat how often it runs; unless set, without end
 * @param mode whether the interval is counted from the first tick, so that nothing adds
 * up, or from the end of each run (default fixed-rate)
 * @param overlap what happens to a tick that meets a run: it is left out, waits for its
 * turn, or runs beside it (default skip)
 * @param jitter how much later, at random, each tick comes (default 0s)
 * @param onError what happens after a run that failed or took too long (default continue)
 * @param maxRunTime after how long a run is interrupted, zero for never (default 0s)
 * @param autoStartup whether it ticks when the application starts
 * @param required whether the application is ready only as long as no error has cancelled
 * the timer
 */
public record TimerProperties(@Nullable Duration interval, @Nullable Duration initialDelay, @Nullable String cron,
		@Nullable ZoneId zone, @Nullable Long repeat, @Nullable Mode mode, @Nullable Overlap overlap,
		@Nullable Duration jitter, @Nullable OnError onError, @Nullable Duration maxRunTime,
		@DefaultValue("true") boolean autoStartup, @DefaultValue("true") boolean required) {

	/** What holds where nobody says anything else. */
	public static final TimerProperties BUILT_IN = new TimerProperties(null, Duration.ZERO, null, null, null,
			Mode.FIXED_RATE, Overlap.SKIP, Duration.ZERO, OnError.CONTINUE, Duration.ZERO, true, true);

	static final TimerProperties UNSET = new TimerProperties(null, null, null, null, null, null, null, null, null, null,
			true, true);

}
