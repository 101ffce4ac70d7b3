package io.gestalt.timer;

import java.time.Duration;

/**
 * What a timer has counted since it was made.
 *
 * @param runs how many runs began
 * @param failed how many of them failed
 * @param timedOut how many of them took longer than they may
 * @param abandoned how many of them were still under way when the grace period of a stop
 * was over
 * @param skipped how many ticks, and calls of {@link Timer#fire()}, led to no run
 * @param lastLag how much later than scheduled the last run began
 * @param longestLag how much later than scheduled any run began
 */
public record TimerCounts(long runs, long failed, long timedOut, long abandoned, long skipped, Duration lastLag,
		Duration longestLag) {
}
