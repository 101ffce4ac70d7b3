package io.gestalt.boot.timer.tick;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

import io.gestalt.timer.schedule.Cadence;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.support.CronExpression;

/**
 * The times of a cron expression in a time zone.
 *
 * @param text the expression as the user wrote it
 * @param expression the expression
 * @param zone the time zone
 */
public record CronCadence(String text, CronExpression expression, ZoneId zone) implements Cadence {

	/**
	 * Reads an expression.
	 * @throws IllegalArgumentException if it is none
	 */
	public static CronCadence parse(String text, @Nullable ZoneId zone) {
		return new CronCadence(text, CronExpression.parse(text), (zone != null) ? zone : ZoneId.systemDefault());
	}

	@Override
	public @Nullable Instant next(Instant time) {
		ZonedDateTime next = this.expression.next(time.atZone(this.zone));
		return (next != null) ? next.toInstant() : null;
	}

	@Override
	public String toString() {
		return "cron '%s' in %s".formatted(this.text, this.zone);
	}

}
