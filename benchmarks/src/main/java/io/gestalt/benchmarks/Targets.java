package io.gestalt.benchmarks;

import io.gestalt.benchmarks.run.Target;
import io.gestalt.benchmarks.server.Contenders;
import io.gestalt.benchmarks.workload.Workload;
import org.jspecify.annotations.Nullable;

/**
 * Which ratio to the baseline Gestalt is to reach: of throughput, with one message in
 * flight of the median latency, with JSON of the CPU time that it adds.
 */
final class Targets {

	private static final Target JSON = Target.atMost(1.25);

	private static final Target ONE_WAY = Target.atLeast(0.85);

	private Targets() {
	}

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
			case LATENCY -> Target.atMost(worker ? 2 : 1.15);
			case PIPELINED -> Target.atLeast(worker ? 0.6 : 0.85);
			case ONE_WAY -> ONE_WAY;
		};
	}

}
