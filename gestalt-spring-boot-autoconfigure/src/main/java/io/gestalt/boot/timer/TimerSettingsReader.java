package io.gestalt.boot.timer;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

import io.gestalt.boot.support.InvalidPropertyException;
import io.gestalt.boot.support.Similarity;
import io.gestalt.boot.timer.TimerDeclarationException.Problem;
import io.gestalt.boot.timer.tick.CronCadence;
import io.gestalt.timer.TimerSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;

/** Puts together what properties and annotations say of timers. */
final class TimerSettingsReader {

	private final TimersProperties properties;

	private final UnaryOperator<String> placeholders;

	TimerSettingsReader(TimersProperties properties, UnaryOperator<String> placeholders) {
		this.properties = properties;
		this.placeholders = placeholders;
	}

	/**
	 * What is said of a timer.
	 * @throws TimerDeclarationException if that is not enough
	 */
	TimerSettings get(String name, GestaltTimer annotation) {
		TimerSettings settings = find(name, annotation);
		if (settings == null) {
			String similar = Similarity.closest(name, this.properties.timer().keySet())
				.filter((other) -> !other.equals(name))
				.map(", did you mean '%s'?"::formatted)
				.orElse("");
			throw new TimerDeclarationException(Problem.NO_SCHEDULE, name,
					"Timer '%s' has neither an interval nor cron%s".formatted(name, similar));
		}
		return settings;
	}

	/** What is said of a timer, {@code null} if that is not enough. */
	@Nullable TimerSettings find(String name, @Nullable GestaltTimer annotation) {
		TimerProperties own = this.properties.of(name);
		new TimerPropertiesCheck(name, own).check();
		long repeat = repeat(name, own, annotation);
		CronCadence cron = cron(name, own, annotation);
		Duration interval = interval(name, own, annotation);
		if (cron == null && interval == null && repeat > 1) {
			return null;
		}
		TimerPropertiesCheck.checkEffect(name, own, cron != null, interval);
		Duration initialDelay = (own.initialDelay() != null || annotation == null) ? own.initialDelay()
				: duration(name, "initialDelay", annotation.initialDelay());
		TimerProperties others = TimerProperties.BUILT_IN;
		return new TimerSettings((interval != null && cron == null) ? interval : Duration.ZERO,
				Objects.requireNonNullElse(initialDelay, Duration.ZERO), repeat, first(own.mode(), others.mode()), cron,
				first(own.overlap(), others.overlap()), first(own.jitter(), others.jitter()),
				first(own.onError(), others.onError()), first(own.maxRunTime(), others.maxRunTime()));
	}

	private static <T> T first(@Nullable T value, @Nullable T other) {
		return Objects.requireNonNull((value != null) ? value : other);
	}

	private static long repeat(String name, TimerProperties own, @Nullable GestaltTimer annotation) {
		if (own.repeat() != null) {
			return own.repeat();
		}
		if (annotation != null && annotation.repeat() < 0) {
			throw unreadable(name, "repeat", String.valueOf(annotation.repeat()),
					new IllegalArgumentException("it is negative"));
		}
		return (annotation != null && annotation.repeat() != 0) ? annotation.repeat() : TimerSettings.FOREVER;
	}

	private @Nullable Duration interval(String name, TimerProperties own, @Nullable GestaltTimer annotation) {
		boolean said = own.interval() != null || own.cron() != null;
		return (said || annotation == null) ? own.interval() : duration(name, "interval", annotation.interval());
	}

	private @Nullable CronCadence cron(String name, TimerProperties own, @Nullable GestaltTimer annotation) {
		if (own.cron() != null) {
			try {
				return CronCadence.parse(own.cron(), own.zone());
			}
			catch (IllegalArgumentException ex) {
				throw new InvalidPropertyException(TimerPropertiesCheck.property(name, "cron"), own.cron(),
						String.valueOf(ex.getMessage()),
						List.of("Set six fields, such as '0 30 4 * * MON-FRI' for half past four on workdays."));
			}
		}
		if (own.interval() != null || annotation == null || annotation.cron().isEmpty()) {
			return null;
		}
		if (!annotation.interval().isEmpty()) {
			throw new TimerDeclarationException(Problem.TWO_SCHEDULES, name,
					"Timer '%s' has both an interval and cron in its annotation".formatted(name));
		}
		return cron(name, annotation.cron(), own.zone());
	}

	private CronCadence cron(String name, String attribute, @Nullable ZoneId zone) {
		try {
			return CronCadence.parse(this.placeholders.apply(attribute), zone);
		}
		catch (IllegalArgumentException ex) {
			throw unreadable(name, "cron", attribute, ex);
		}
	}

	private @Nullable Duration duration(String name, String attribute, String value) {
		if (value.isEmpty()) {
			return null;
		}
		try {
			Duration duration = DurationStyle.detectAndParse(this.placeholders.apply(value));
			if (duration.isNegative()) {
				throw new IllegalArgumentException("it is negative");
			}
			if (attribute.equals("interval") && duration.compareTo(TimerPropertiesCheck.SHORTEST) < 0) {
				throw new IllegalArgumentException("it is shorter than 1 ms");
			}
			return duration;
		}
		catch (IllegalArgumentException ex) {
			throw unreadable(name, attribute, value, ex);
		}
	}

	private static TimerDeclarationException unreadable(String name, String attribute, String value, Exception cause) {
		return new TimerDeclarationException(Problem.ATTRIBUTE, name,
				"Timer '%s' has the attribute '%s' with the value '%s', which cannot be used: %s".formatted(name,
						attribute, value, cause.getMessage()));
	}

}
