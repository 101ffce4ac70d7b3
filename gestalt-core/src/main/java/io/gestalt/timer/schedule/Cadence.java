package io.gestalt.timer.schedule;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** Times of day at which something happens, such as those of a cron expression. */
@FunctionalInterface
public interface Cadence {

	/**
	 * The first time after another.
	 * @param time any time
	 * @return a later time, {@code null} if there is none any more
	 */
	@Nullable Instant next(Instant time);

}
