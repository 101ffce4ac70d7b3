package io.gestalt.benchmarks.amqp;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.gestalt.benchmarks.amqp.process.AmqpContenders;
import io.gestalt.benchmarks.amqp.workload.AmqpWorkload;
import io.gestalt.benchmarks.run.Flags;
import io.gestalt.benchmarks.run.Schedule;

/**
 * What to run.
 *
 * @param contenders names, the baseline always among them
 * @param workloads what they do
 * @param schedule how often and how long
 * @param broker address of a RabbitMQ, empty for one of our own
 */
record AmqpOptions(List<String> contenders, List<AmqpWorkload> workloads, Schedule schedule, String broker) {

	static final String USAGE = """
			--contenders=%s
			--workloads=%s (or the beginnings of names)
			--broker=amqp://user:password@host:5672 (default is one that is started)
			%s""".formatted(String.join(",", AmqpContenders.names()),
			String.join(",", AmqpWorkload.all().stream().map(AmqpWorkload::name).toList()), Schedule.USAGE);

	private static final Map<String, String> DEFAULTS = Map.of("contenders", String.join(",", AmqpContenders.names()),
			"workloads", "", "broker", "");

	/**
	 * Reads the command line.
	 * @throws IllegalArgumentException if a flag or its value is not known
	 */
	static AmqpOptions parse(String... arguments) {
		Flags flags = Flags.parse(DEFAULTS, USAGE, arguments);
		return new AmqpOptions(contenders(flags.text("contenders")), workloads(flags.text("workloads")),
				Schedule.of(flags), flags.text("broker"));
	}

	private static List<String> contenders(String value) {
		Set<String> names = new LinkedHashSet<>(List.of(AmqpContenders.BASELINE));
		names.addAll(Arrays.asList(value.split(",")));
		if (!AmqpContenders.names().containsAll(names)) {
			throw new IllegalArgumentException(
					"No such contender in '%s'; there are %s".formatted(value, AmqpContenders.names()));
		}
		return List.copyOf(names);
	}

	private static List<AmqpWorkload> workloads(String value) {
		List<String> beginnings = List.of(value.split(","));
		List<AmqpWorkload> chosen = AmqpWorkload.all()
			.stream()
			.filter((workload) -> beginnings.stream().anyMatch(workload.name()::startsWith))
			.toList();
		if (chosen.isEmpty()) {
			throw new IllegalArgumentException("No workload begins with '%s'; there are%n%s".formatted(value, USAGE));
		}
		return chosen;
	}

}
