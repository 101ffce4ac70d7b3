package io.gestalt.benchmarks.client;

import java.util.Arrays;

/**
 * What the load generator saw in one round.
 *
 * @param messages messages sent, and where there are replies, received and verified
 * @param elapsedNanos from the first message to the last reply, or to the last write
 * @param p50Nanos median of the time to a reply, 0 without replies
 * @param p99Nanos 99th percentile of the time to a reply, 0 without replies
 * @param cpuNanos CPU time of the client process
 */
public record RunResult(long messages, long elapsedNanos, long p50Nanos, long p99Nanos, long cpuNanos) {

	/** Reads what {@link #line()} wrote. */
	public static RunResult parse(String line) {
		long[] values = Arrays.stream(line.split(" ")).skip(1).mapToLong(Long::parseLong).toArray();
		return new RunResult(values[0], values[1], values[2], values[3], values[4]);
	}

	/** One line for the process that asked. */
	public String line() {
		return "RESULT %d %d %d %d %d".formatted(this.messages, this.elapsedNanos, this.p50Nanos, this.p99Nanos,
				this.cpuNanos);
	}

}
