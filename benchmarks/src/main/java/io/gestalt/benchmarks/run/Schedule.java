package io.gestalt.benchmarks.run;

import java.time.Duration;
import java.util.Map;

/**
 * How often and how long is measured.
 *
 * @param rounds rounds per contender, workload and fork
 * @param round length of a round
 * @param warmUp length of the round that does not count
 * @param forks how often all rounds are repeated with new processes
 */
public record Schedule(int rounds, Duration round, Duration warmUp, int forks) {

	/** The flags by which it is said. */
	public static final String USAGE = """
			--rounds=5 --seconds=3 --warm-up=5 --forks=1
			--quick (the same as --rounds=2 --seconds=1 --warm-up=1)""";

	static final Map<String, String> STANDARD = Map.of("rounds", "5", "seconds", "3", "warm-up", "5", "forks", "1");

	static final Map<String, String> QUICK = Map.of("rounds", "2", "seconds", "1", "warm-up", "1");

	public static Schedule of(Flags flags) {
		return new Schedule(flags.count("rounds"), flags.seconds("seconds"), flags.seconds("warm-up"),
				flags.count("forks"));
	}

	/**
	 * A sentence that says where and how often was measured.
	 * @param with what else is to be said
	 */
	public String conditions(String with) {
		String spread = "of %d forks, from the least to the most".formatted(this.forks);
		if (this.forks == 1) {
			spread = (this.rounds == 1) ? "of one round"
					: "of %d rounds of one fork, from the least to the most".formatted(this.rounds);
		}
		return "JDK %s on %d cores of %s %s; %d rounds of %s s after %s s, %s; medians %s.".formatted(
				Runtime.version().feature(), Runtime.getRuntime().availableProcessors(), System.getProperty("os.name"),
				System.getProperty("os.arch"), this.rounds, seconds(this.round), seconds(this.warmUp), with, spread);
	}

	private static String seconds(Duration duration) {
		return String.valueOf(duration.toMillis() / 1000.0);
	}

}
