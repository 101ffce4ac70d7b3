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
 */
record Options(List<String> contenders, List<Workload> workloads, int rounds, Duration round, Duration warmUp,
		int connections, int forks) {

	static final String USAGE = """
			--contenders=%s
			--workloads=%s (or the beginnings of names)
			--rounds=5 --seconds=3 --warm-up=5 --connections=1 --forks=1
			--quick (the same as --rounds=2 --seconds=1 --warm-up=1)""".formatted(String.join(",", Contenders.names()),
			String.join(",", Workload.all().stream().map(Workload::name).toList()));

	private static final Map<String, String> DEFAULTS = Map.of("contenders", String.join(",", Contenders.names()),
			"workloads", "", "rounds", "5", "seconds", "3", "warm-up", "5", "connections", "1", "forks", "1");

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
				seconds(values, "warm-up"), count(values, "connections"), count(values, "forks"));
	}

	private static List<String> contenders(String value) {
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

}
