package io.gestalt.boot.amqp;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.gestalt.boot.properties.PropertyLayers;

/**
 * How many consumers there are.
 *
 * @param min at least
 * @param max at the most
 */
record Concurrency(int min, int max) {

	private static final Pattern RANGE = Pattern.compile("(\\d{1,4})(?:-(\\d{1,4}))?");

	/** Reads {@code 4} or {@code 1-4}. */
	static Concurrency parse(PropertyLayers layers, String text) {
		Matcher matcher = RANGE.matcher(text.strip());
		if (matcher.matches()) {
			int min = Integer.parseInt(matcher.group(1));
			int max = (matcher.group(2) != null) ? Integer.parseInt(matcher.group(2)) : min;
			if (min >= 1 && max >= min) {
				return new Concurrency(min, max);
			}
		}
		throw layers.invalid("concurrency", (from) -> text, "it is neither a number nor a range",
				"Set it to a number such as '4', or to a range such as '1-4'.");
	}

}
