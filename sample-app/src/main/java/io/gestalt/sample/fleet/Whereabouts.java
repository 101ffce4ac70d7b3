package io.gestalt.sample.fleet;

import org.jspecify.annotations.Nullable;

/**
 * Answers {@link WhereIs}.
 *
 * @param vehicle the vehicle asked for
 * @param found whether it was ever heard of
 * @param position where it was last, there if found
 */
public record Whereabouts(String vehicle, boolean found, @Nullable Position position) {

	static Whereabouts of(String vehicle, @Nullable Position position) {
		return new Whereabouts(vehicle, position != null, position);
	}

}
