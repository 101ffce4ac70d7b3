package io.gestalt.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.gestalt.benchmarks.server.Contenders;
import io.gestalt.benchmarks.workload.Workload;

/**
 * What to run.
 *
 * @param contenders names, the baseline always among them
 * @param workloads what they serve
 * @param rounds rounds per contender, workload and fork
 * @param round length of a round
 * @param warmUp length of the round that does not count
 * @param connections connections that share the messages in flight
 * @param forks how often all rounds are repeated with new processes
 * @param peers numbers of connections to be compared, the least first
 */
record Options(List<String> contenders, List<Workload> workloads, int rounds, Duration round, Duration warmUp,
		int connections, int forks, List<Integer> peers) {

	static final String USAGE = """
			--contenders=%s (or 'all')
			--workloads=%s (or the beginnings of names)
			--rounds=5 --seconds=3 --warm-up=5 --connections=1 --forks=1
			--peers=1,10,100,1000,10000 (of ActivePeers and IdlePeers)
			--quick (the same as --rounds=2 --seconds=1 --warm-up=1)""".formatted(String.join(",", Contenders.names()),
			String.join(",", Workload.all().stream().map(Workload::name).toList()));

	private static final Map<String, String> DEFAULTS = Map.of("contenders", "", "workloads", "", "rounds", "5",
			"seconds", "3", "warm-up", "5", "connections", "1", "forks", "1", "peers", "1,10,100,1000,10000");

	/**
	 * Reads the command line.
	 * @throws IllegalArgumentException if a flag or its value is not known
	 */
	static Options parse(String... arguments) {
		Map<String, String> values = new LinkedHashMap<>(DEFAULTS);
		for (String argument : arguments) {
			if (argument.equals("--quick")) {
				values.putAll(Map.of("rounds", "2", "seconds", "1", "warm-up", "1"));
				continue;
			}
			String[] flag = argument.split("=", 2);
			String name = flag[0].startsWith("--") ? flag[0].substring(2) : "";
			if (flag.length != 2 || values.replace(name, flag[1]) == null) {
				throw new IllegalArgumentException("No option '%s'; there are%n%s".formatted(argument, USAGE));
			}
		}
		return from(values);
	}

	private static Options from(Map<String, String> values) {
		return new Options(contenders(values.getOrDefault("contenders", "")),
				workloads(values.getOrDefault("workloads", "")), count(values, "rounds"), seconds(values, "seconds"),
				seconds(values, "warm-up"), count(values, "connections"), count(values, "forks"),
				peers(values.getOrDefault("peers", "")));
	}

	private static List<String> contenders(String value) {
		if (value.isEmpty() || value.equals("all")) {
			return value.isEmpty() ? Contenders.standard() : Contenders.names();
		}
		Set<String> names = new LinkedHashSet<>(List.of(Contenders.BASELINE));
		names.addAll(Arrays.asList(value.split(",")));
		if (!Contenders.names().containsAll(names)) {
			throw new IllegalArgumentException(
					"No such contender in '%s'; there are %s".formatted(value, Contenders.names()));
		}
		return List.copyOf(names);
	}

	private static List<Workload> workloads(String value) {
		List<Workload> chosen = new ArrayList<>(Workload.all());
		chosen.removeIf((workload) -> Arrays.stream(value.split(",")).noneMatch(workload.name()::startsWith));
		if (chosen.isEmpty()) {
			throw new IllegalArgumentException("No workload begins with '%s'; there are%n%s".formatted(value, USAGE));
		}
		return List.copyOf(chosen);
	}

	private static List<Integer> peers(String value) {
		return Arrays.stream(value.split(",")).map((count) -> count(Map.of("peers", count), "peers")).sorted().toList();
	}

	private static int count(Map<String, String> values, String name) {
		int count = Integer.parseInt(values.getOrDefault(name, ""));
		if (count < 1) {
			throw new IllegalArgumentException("--%s is %d, but must be at least 1".formatted(name, count));
		}
		return count;
	}

	private static Duration seconds(Map<String, String> values, String name) {
		return Duration.ofMillis((long) (Double.parseDouble(values.getOrDefault(name, "")) * 1000));
	}

	/** A sentence that says where and how often was measured. */
	String conditions() {
		String spread = "of %d forks, from the least to the most".formatted(this.forks);
		if (this.forks == 1) {
			spread = (this.rounds == 1) ? "of one round"
					: "of %d rounds of one fork, from the least to the most".formatted(this.rounds);
		}
		return "JDK %s on %d cores of %s %s; %d rounds of %s s after %s s, %d connections; medians %s.".formatted(
				Runtime.version().feature(), Runtime.getRuntime().availableProcessors(), System.getProperty("os.name"),
				System.getProperty("os.arch"), this.rounds, seconds(this.round), seconds(this.warmUp), this.connections,
				spread);
	}

	private static String seconds(Duration duration) {
		return String.valueOf(duration.toMillis() / 1000.0);
	}

}
