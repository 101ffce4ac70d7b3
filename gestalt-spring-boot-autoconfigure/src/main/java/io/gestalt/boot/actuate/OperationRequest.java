package io.gestalt.boot.actuate;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.StringUtils;

/**
 * What somebody wants to be done, as it was written.
 *
 * @param operation what
 * @param peer which peer
 * @param concurrency how many handlers
 * @param duration for how long
 */
record OperationRequest(@Nullable String operation, @Nullable String peer, @Nullable String concurrency,
		@Nullable String duration) {

	String requiredPeer() {
		if (!StringUtils.hasText(this.peer)) {
			throw new OperationRefusedException("No peer is named",
					"Name it by its id, as 'peers' of a read shows it.");
		}
		return this.peer;
	}

	int requiredConcurrency() {
		try {
			int number = Integer.parseInt(String.valueOf(this.concurrency));
			if (number >= 0) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// said below
		}
		throw new OperationRefusedException((this.concurrency != null)
				? "Concurrency '%s' is no number of handlers".formatted(this.concurrency) : "There is no concurrency",
				"Set 'concurrency' to a number such as 4.");
	}

	Duration requiredDuration() {
		try {
			return DurationStyle.detectAndParse(String.valueOf(this.duration), ChronoUnit.SECONDS);
		}
		catch (RuntimeException ex) {
			throw new OperationRefusedException(
					(this.duration != null) ? "Duration '%s' is no time".formatted(this.duration)
							: "There is no duration",
					"Set 'duration' to a time such as '30s', or to '0s' to end what was begun.", ex);
		}
	}

	/** All that was said beside the operation. */
	Map<String, String> arguments() {
		Map<String, String> arguments = new TreeMap<>();
		put(arguments, "peer", this.peer);
		put(arguments, "concurrency", this.concurrency);
		put(arguments, "duration", this.duration);
		return arguments;
	}

	private static void put(Map<String, String> arguments, String name, @Nullable String value) {
		if (value != null) {
			arguments.put(name, value);
		}
	}

}
