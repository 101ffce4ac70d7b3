package io.gestalt.benchmarks.server.process;

import java.util.Arrays;

/**
 * What a server process has used so far.
 *
 * @param cpuNanos CPU time of the process
 * @param allocatedBytes heap bytes that its threads ever allocated
 * @param handled messages handled
 * @param wakeUps how often its threads went on after they had waited
 */
public record ServerStats(long cpuNanos, long allocatedBytes, long handled, long wakeUps) {

	/** Reads what {@link #line()} wrote. */
	public static ServerStats parse(String line) {
		long[] values = Arrays.stream(line.split(" ")).skip(1).mapToLong(Long::parseLong).toArray();
		return new ServerStats(values[0], values[1], values[2], values[3]);
	}

	/** One line for the process that asked. */
	public String line() {
		return "STATS %d %d %d %d".formatted(this.cpuNanos, this.allocatedBytes, this.handled, this.wakeUps);
	}

}
