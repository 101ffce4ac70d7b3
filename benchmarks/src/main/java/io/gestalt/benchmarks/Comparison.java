package io.gestalt.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.gestalt.benchmarks.workload.Workload;

/**
 * Lets the contenders play a workload by turns. All servers stay alive meanwhile: each is
 * warm for all of its rounds, an idle one uses no CPU, and rounds of different contenders
 * lie close together in time, so that whatever else the machine does hits all. One client
 * serves them all, so that its own compilation favours none. What one process compiles
 * better than the next of the same kind is evened out by forks only.
 */
final class Comparison {

	private final Options options;

	Comparison(Options options) {
		this.options = options;
	}

	/** Medians by contender. */
	Map<String, Sample> run(Workload workload) {
		Map<String, List<Sample>> samples = new LinkedHashMap<>();
		for (int fork = 0; fork < this.options.forks(); fork++) {
			play(workload, samples);
		}
		Map<String, Sample> medians = new LinkedHashMap<>();
		samples.forEach((contender, rounds) -> medians.put(contender, Sample.median(rounds)));
		return medians;
	}

	private void play(Workload workload, Map<String, List<Sample>> samples) {
		Map<String, ServerChild> servers = new LinkedHashMap<>();
		try (ClientChild client = ClientChild.start(workload, this.options.connections())) {
			for (String contender : this.options.contenders()) {
				servers.put(contender, ServerChild.start(contender, workload));
			}
			servers.values().forEach((server) -> Sample.take(server, client, workload, this.options.warmUp()));
			for (int round = 0; round < this.options.rounds(); round++) {
				servers.forEach((contender, server) -> samples.computeIfAbsent(contender, (key) -> new ArrayList<>())
					.add(Sample.take(server, client, workload, this.options.round())));
			}
		}
		catch (RuntimeException ex) {
			throw new IllegalStateException(
					"Workload '%s' failed for contenders %s".formatted(workload.name(), this.options.contenders()), ex);
		}
		finally {
			servers.values().forEach(ServerChild::close);
		}
	}

	/** The report of all workloads. */
	Report run() {
		return new Report(
				this.options.workloads().stream().collect(Collectors.toMap((workload) -> workload, (workload) -> {
					System.err.println("Running " + workload.name());
					return run(workload);
				}, (first, second) -> first, LinkedHashMap::new)));
	}

}
