package io.gestalt.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.gestalt.benchmarks.run.Series;
import io.gestalt.benchmarks.workload.Workload;

/**
 * Lets the contenders play a workload by turns. All servers stay alive meanwhile: each is
 * warm for all of its rounds, an idle one uses no CPU, and rounds of different contenders
 * lie close together in time, so that whatever else the machine does hits all. So do
 * those of the same traffic with bytes and with JSON, as they are subtracted. One client
 * serves all contenders of a wire, so that its own compilation favours none. What one
 * process compiles better than the next of the same kind is evened out by forks only.
 */
final class Comparison {

	private final Options options;

	Comparison(Options options) {
		this.options = options;
	}

	/** The report of all workloads. */
	Report run() {
		Map<Workload, Map<String, Series<Sample>>> series = new LinkedHashMap<>();
		this.options.workloads().forEach((workload) -> series.put(workload, Map.of()));
		this.options.workloads()
			.stream()
			.collect(Collectors.groupingBy(Workload::withBytes, LinkedHashMap::new, Collectors.toList()))
			.values()
			.forEach((group) -> series.putAll(run(group)));
		return new Report(series);
	}

	private Map<Workload, Map<String, Series<Sample>>> run(List<Workload> group) {
		System.err.println("Running " + group.stream().map(Workload::name).toList());
		Map<Workload, Map<String, List<List<Sample>>>> forks = new LinkedHashMap<>();
		for (int fork = 0; fork < this.options.schedule().forks(); fork++) {
			for (Play play : play(group)) {
				Map<String, List<List<Sample>>> contenders = forks.computeIfAbsent(play.workload(),
						(key) -> new LinkedHashMap<>());
				play.samples()
					.forEach((contender, rounds) -> contenders.computeIfAbsent(contender, (key) -> new ArrayList<>())
						.add(rounds));
			}
		}
		Map<Workload, Map<String, Series<Sample>>> series = new LinkedHashMap<>();
		forks.forEach((workload, contenders) -> {
			Map<String, Series<Sample>> ofWorkload = series.computeIfAbsent(workload, (key) -> new LinkedHashMap<>());
			contenders.forEach((contender, rounds) -> ofWorkload.put(contender, Sample.series(rounds)));
		});
		return series;
	}

	private List<Play> play(List<Workload> group) {
		List<Play> plays = group.stream().map((workload) -> new Play(workload, this.options.connections())).toList();
		try {
			plays.forEach((play) -> play.start(this.options.contenders()));
			plays.forEach((play) -> play.warmUp(this.options.schedule().warmUp()));
			for (int round = 0; round < this.options.schedule().rounds(); round++) {
				plays.forEach((play) -> play.round(this.options.schedule().round()));
			}
			return plays;
		}
		catch (RuntimeException ex) {
			throw new IllegalStateException("Workloads %s failed for contenders %s"
				.formatted(group.stream().map(Workload::name).toList(), this.options.contenders()), ex);
		}
		finally {
			plays.forEach(Play::close);
		}
	}

}
