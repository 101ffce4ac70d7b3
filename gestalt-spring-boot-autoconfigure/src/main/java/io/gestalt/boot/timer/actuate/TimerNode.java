package io.gestalt.boot.timer.actuate;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A timer as the actuator shows it.
 *
 * @param schedule how it ticks, in words
 * @param state where it is in its life
 * @param configured whether properties or an annotation name it, rather than a call
 * @param running how many runs are under way
 * @param runs how many runs have begun
 * @param remaining how many repetitions are to come, {@code null} for endlessly many
 * @param next when it ticks next, {@code null} if that is not known
 * @param lastError how the last run failed
 * @param counts what it has counted beside runs
 * @param lag how late runs began
 */
record TimerNode(String schedule, String state, boolean configured, int running, long runs, @Nullable Long remaining,
		@Nullable Instant next, @Nullable Object lastError, Counts counts, Lag lag) implements OperationResponseBody {

	/**
	 * Runs that did not succeed, and ticks without any.
	 *
	 * @param failed how many runs failed
	 * @param timedOut how many took too long
	 * @param abandoned how many were interrupted by a stop
	 * @param skipped how many ticks led to no run
	 */
	record Counts(long failed, long timedOut, long abandoned, long skipped) {
	}

	/**
	 * How much later than scheduled runs began.
	 *
	 * @param lastMillis the last one, in milliseconds
	 * @param longestMillis the latest of all, in milliseconds
	 */
	record Lag(double lastMillis, double longestMillis) {
	}

}
