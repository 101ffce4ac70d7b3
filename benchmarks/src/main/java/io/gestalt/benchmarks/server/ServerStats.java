package io.gestalt.benchmarks.server;

/**
 * What a server process has used so far.
 *
 * @param cpuNanos CPU time of the process
 * @param allocatedBytes heap bytes that its threads ever allocated
 * @param handled messages handled
 */
public record ServerStats(long cpuNanos, long allocatedBytes, long handled) {

	/** Reads what {@link #line()} wrote. */
	public static ServerStats parse(String line) {
		String[] words = line.split(" ");
		return new ServerStats(Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
	}

	/** One line for the process that asked. */
	public String line() {
		return "STATS %d %d %d".formatted(this.cpuNanos, this.allocatedBytes, this.handled);
	}

}
