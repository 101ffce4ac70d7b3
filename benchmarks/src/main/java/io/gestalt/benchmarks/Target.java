package io.gestalt.benchmarks;

import java.util.Locale;

import io.gestalt.benchmarks.server.Contenders;
import io.gestalt.benchmarks.workload.Workload;
import org.jspecify.annotations.Nullable;

/**
 * A ratio to the baseline that is to be reached by Gestalt: of throughput, with one
 * message in flight of the median latency, with JSON of the CPU time that it adds.
 *
 * @param bound the ratio
 * @param atMost whether less is better
 */
record Target(double bound, boolean atMost) {

	private static final Target JSON = new Target(1.25, true);

	private static final Target ONE_WAY = new Target(0.85, false);

	/** The target of a contender, {@code null} for none. */
	static @Nullable Target of(Workload workload, String contender) {
		if (!contender.startsWith("gestalt")) {
			return null;
		}
		if (workload.json()) {
			return (Contenders.byHand(contender) != null) ? JSON : null;
		}
		boolean worker = contender.contains("-worker");
		return switch (workload.mode()) {
			case LATENCY -> new Target(worker ? 2 : 1.15, true);
			case PIPELINED -> new Target(worker ? 0.6 : 0.85, false);
			case ONE_WAY -> ONE_WAY;
		};
	}

	/** The target and whether the ratio reaches it. */
	String verdict(double ratio) {
		boolean met = this.atMost ? ratio <= this.bound : ratio >= this.bound;
		return String.format(Locale.ROOT, "%s %.2f %s", this.atMost ? "≤" : "≥", this.bound,
				met ? "met" : "**missed**");
	}

}
