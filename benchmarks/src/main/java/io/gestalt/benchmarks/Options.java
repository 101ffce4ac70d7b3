package io.gestalt.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.gestalt.benchmarks.run.Flags;
import io.gestalt.benchmarks.run.Schedule;
import io.gestalt.benchmarks.server.Contenders;
import io.gestalt.benchmarks.workload.Workload;

/**
 * What to run.
 *
 * @param contenders names, the baseline always among them
 * @param workloads what they serve
 * @param schedule how often and how long
 * @param connections connections that share the messages in flight
 * @param peers numbers of connections to be compared, the least first
 */
record Options(List<String> contenders, List<Workload> workloads, Schedule schedule, int connections,
		List<Integer> peers) {

	static final String USAGE = """
			--contenders=%s (or 'all')
			--workloads=%s (or the beginnings of names)
			--connections=1
			--peers=1,10,100,1000,10000 (of ActivePeers and IdlePeers)
			%s""".formatted(String.join(",", Contenders.names()),
			String.join(",", Workload.all().stream().map(Workload::name).toList()), Schedule.USAGE);

	private static final Map<String, String> DEFAULTS = Map.of("contenders", "", "workloads", "", "connections", "1",
			"peers", "1,10,100,1000,10000");

	/**
	 * Reads the command line.
	 * @throws IllegalArgumentException if a flag or its value is not known
	 */
	static Options parse(String... arguments) {
		Flags flags = Flags.parse(DEFAULTS, USAGE, arguments);
		return new Options(contenders(flags.text("contenders")), workloads(flags.text("workloads")), Schedule.of(flags),
				flags.count("connections"), peers(flags.text("peers")));
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
		return Arrays.stream(value.split(",")).map((count) -> Flags.count("peers", count)).sorted().toList();
	}

	/** A sentence that says where and how often was measured. */
	String conditions() {
		return this.schedule.conditions("%d connections".formatted(this.connections));
	}

}
