package io.gestalt.boot.timer.lifecycle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.gestalt.boot.support.Words;
import io.gestalt.timer.TimerSettings;
import io.gestalt.timer.TimerSettings.Mode;
import io.gestalt.timer.TimerSettings.OnError;
import io.gestalt.timer.TimerSettings.Overlap;
import org.jspecify.annotations.Nullable;

import org.springframework.format.annotation.DurationFormat.Style;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/** Describes timers for people. */
public final class TimerWords {

	private TimerWords() {
	}

	/** How a timer ticks, without what is so by default. */
	public static String of(@Nullable TimerSettings settings) {
		if (settings == null) {
			return "never";
		}
		List<String> words = new ArrayList<>();
		words.add(rhythm(settings));
		if (!settings.initialDelay().isZero()) {
			words.add("first after " + text(settings.initialDelay()));
		}
		if (settings.repeat() != TimerSettings.FOREVER) {
			words.add((settings.repeat() == 1) ? "once" : settings.repeat() + " times");
		}
		if (!settings.jitter().isZero()) {
			words.add("jitter up to " + text(settings.jitter()));
		}
		if (settings.overlap() != Overlap.SKIP) {
			words.add("overlap " + Words.constant(settings.overlap()));
		}
		if (settings.onError() != OnError.CONTINUE) {
			words.add("on error " + Words.constant(settings.onError()));
		}
		if (!settings.maxRunTime().isZero()) {
			words.add("runs up to " + text(settings.maxRunTime()));
		}
		words.remove("");
		return String.join(", ", words);
	}

	private static String rhythm(TimerSettings settings) {
		if (settings.cadence() != null) {
			return settings.cadence().toString();
		}
		if (settings.repeat() == 1) {
			return "";
		}
		return ((settings.mode() == Mode.FIXED_RATE) ? "every %s" : "%s after each run")
			.formatted(text(settings.interval()));
	}

	private static String text(Duration duration) {
		return DurationFormatterUtils.print(duration, Style.COMPOSITE);
	}

}
