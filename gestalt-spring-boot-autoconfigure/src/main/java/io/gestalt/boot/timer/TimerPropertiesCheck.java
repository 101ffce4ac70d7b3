package io.gestalt.boot.timer;

import java.time.Duration;
import java.util.List;

import io.gestalt.boot.support.InvalidPropertyException;
import io.gestalt.boot.support.Words;
import org.jspecify.annotations.Nullable;

/**
 * Refuses properties of a timer that are out of range, or could have no effect.
 *
 * @param name name of the timer
 * @param properties its properties
 */
record TimerPropertiesCheck(String name, TimerProperties properties) {

	static final String PREFIX = "gestalt.timer.";

	static final Duration SHORTEST = Duration.ofMillis(1);

	static String property(String name, String key) {
		return PREFIX + name + "." + key;
	}

	void check() {
		TimerProperties own = this.properties;
		if (own.interval() != null && own.cron() != null) {
			throw invalid(this.name, "cron", own.cron(), "there is an interval too", "Remove either '%s' or '%s'."
				.formatted(property(this.name, "interval"), property(this.name, "cron")));
		}
		require("interval", own.interval(), SHORTEST, "it is shorter than 1 ms");
		require("initial-delay", own.initialDelay(), Duration.ZERO, "it is negative");
		require("jitter", own.jitter(), Duration.ZERO, "it is negative");
		require("max-run-time", own.maxRunTime(), Duration.ZERO, "it is negative");
		if (own.repeat() != null && own.repeat() < 1) {
			throw invalid(this.name, "repeat", own.repeat(), "it is not positive",
					"Set it to the number of runs, or remove it for no end.");
		}
	}

	private void require(String key, @Nullable Duration value, Duration least, String reason) {
		if (value != null && value.compareTo(least) < 0) {
			throw invalid(this.name, key, value, reason, "Set it to a time such as '750ms' or '1h'.");
		}
	}

	/** Refuses what could have no effect on how the timer ticks. */
	static void checkEffect(String name, TimerProperties own, boolean cron, @Nullable Duration interval) {
		if (cron && own.mode() != null) {
			throw invalid(name, "mode", Words.constant(own.mode()), "cron says when the timer ticks",
					"Remove it, or set an interval in place of cron.");
		}
		if (!cron && own.zone() != null) {
			throw invalid(name, "zone", own.zone(), "there is no cron to which it could apply",
					"Remove it, or set '%s'.".formatted(property(name, "cron")));
		}
		if (!cron && interval != null && own.jitter() != null && own.jitter().compareTo(interval) > 0) {
			throw invalid(name, "jitter", own.jitter(),
					"it exceeds the interval of %d ms".formatted(interval.toMillis()),
					"Set it to no more than the interval.");
		}
	}

	private static InvalidPropertyException invalid(String name, String key, Object value, String reason,
			String action) {
		return new InvalidPropertyException(property(name, key), value, reason, List.of(action));
	}

}
