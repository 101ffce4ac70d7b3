package io.gestalt.benchmarks.amqp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.gestalt.benchmarks.amqp.workload.AmqpWorkload;
import io.gestalt.benchmarks.amqp.workload.Place;
import io.gestalt.benchmarks.run.Series;

/**
 * Lets the contenders play a workload by turns, on one broker. All processes of a
 * workload are alive meanwhile, so that rounds of different contenders lie close together
 * in time.
 */
final class AmqpComparison {

	private final AmqpOptions options;

	private final Queues queues;

	AmqpComparison(AmqpOptions options, Queues queues) {
		this.options = options;
		this.queues = queues;
	}

	/** The report of all workloads. */
	AmqpReport run() {
		Map<AmqpWorkload, Map<String, Series<AmqpSample>>> series = new LinkedHashMap<>();
		this.options.workloads().forEach((workload) -> series.put(workload, run(workload)));
		return new AmqpReport(series);
	}

	private Map<String, Series<AmqpSample>> run(AmqpWorkload workload) {
		System.err.println("Running " + workload.name());
		Map<String, List<List<AmqpSample>>> forks = new LinkedHashMap<>();
		for (int fork = 0; fork < this.options.schedule().forks(); fork++) {
			try {
				play(workload).forEach((contender,
						rounds) -> forks.computeIfAbsent(contender, (key) -> new ArrayList<>()).add(rounds));
			}
			catch (Exception ex) {
				throw new IllegalStateException(
						"Workload '%s' failed for contenders %s".formatted(workload.name(), this.options.contenders()),
						ex);
			}
		}
		Map<String, Series<AmqpSample>> series = new LinkedHashMap<>();
		forks.forEach((contender, rounds) -> series.put(contender, Series.of(rounds, AmqpSample::median)));
		return series;
	}

	private Map<String, List<AmqpSample>> play(AmqpWorkload workload) throws Exception {
		List<Place> places = new ArrayList<>();
		Map<String, ContenderChild> children = new LinkedHashMap<>();
		try {
			for (String contender : this.options.contenders()) {
				places.add(this.queues.declare(contender, workload));
				children.put(contender, ContenderChild.start(contender, this.queues, places.get(places.size() - 1)));
			}
			children.values().forEach(ContenderChild::awaitReady);
			play(children, this.options.schedule().warmUp(), 1);
			return play(children, this.options.schedule().round(), this.options.schedule().rounds());
		}
		finally {
			children.values().forEach(ContenderChild::close);
			for (Place place : places) {
				this.queues.delete(place);
			}
		}
	}

	private static Map<String, List<AmqpSample>> play(Map<String, ContenderChild> children, Duration round, int rounds)
			throws Exception {
		Map<String, List<AmqpSample>> samples = new LinkedHashMap<>();
		for (int i = 0; i < rounds; i++) {
			for (Map.Entry<String, ContenderChild> child : children.entrySet()) {
				samples.computeIfAbsent(child.getKey(), (key) -> new ArrayList<>()).add(child.getValue().play(round));
			}
		}
		return samples;
	}

}
