package io.gestalt.benchmarks.run;

import java.util.Locale;

/**
 * A ratio that is to be reached.
 *
 * @param bound the ratio
 * @param atMost whether less is better
 */
public record Target(double bound, boolean atMost) {

	public static Target atMost(double bound) {
		return new Target(bound, true);
	}

	public static Target atLeast(double bound) {
		return new Target(bound, false);
	}

	/** The target and whether the ratio reaches it. */
	public String verdict(double ratio) {
		boolean met = this.atMost ? ratio <= this.bound : ratio >= this.bound;
		return String.format(Locale.ROOT, "%s %.2f %s", this.atMost ? "≤" : "≥", this.bound,
				met ? "met" : "**missed**");
	}

}
