package io.gestalt.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.gestalt.benchmarks.run.Page;
import io.gestalt.benchmarks.run.Series;
import io.gestalt.benchmarks.server.Contenders;
import io.gestalt.benchmarks.workload.Workload;

/**
 * Measures what a message costs when the same number of messages in flight comes from
 * one, from many, and from very many connections that send by turns. The contenders play
 * each number one after the other, so that whatever else the machine does hits all.
 */
public final class ActivePeers {

	private static final Duration SETTLE = Duration.ofSeconds(1);

	private static final String HEAD = """
			| workload | contender | active peers | msg/s | p50 µs | p99 µs | server CPU µs/msg | vs 1 peer | vs netty \
			| server + client CPU µs/msg | server wake-ups/1,000 msg |
			|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|
			""";

	private final Options options;

	private final Workload workload;

	private final Map<String, Map<Integer, List<List<Sample>>>> samples = new LinkedHashMap<>();

	ActivePeers(Options options, Workload workload) {
		if (workload.oneWay()) {
			throw new IllegalArgumentException("No turns without replies in workload '%s'".formatted(workload.name()));
		}
		this.options = options;
		this.workload = workload;
	}

	/**
	 * Runs the measurement and writes the table to {@code active-peers.md} in the
	 * directory of the build.
	 * @param args see {@code README.md}
	 * @throws IOException if the table cannot be written
	 */
	public static void main(String[] args) throws IOException {
		Options options = Peers.options(args, "--workloads=pipelined-bytes-64",
				"--contenders=netty,gestalt-core-event-loop,gestalt-spring-event-loop,gestalt-spring-worker");
		StringBuilder table = new StringBuilder(HEAD);
		for (Workload workload : options.workloads()) {
			table.append(new ActivePeers(options, workload).run());
		}
		new Page(options.conditions(), table.toString()).publish("active-peers.md");
	}

	/** The rows of the workload. */
	String run() {
		for (int fork = 0; fork < this.options.schedule().forks(); fork++) {
			System.err.printf("Running %s, fork %d%n", this.workload.name(), fork + 1);
			play();
		}
		StringBuilder rows = new StringBuilder();
		this.samples
			.forEach((contender, peers) -> peers.keySet().forEach((count) -> rows.append(row(contender, count))));
		return rows.toString();
	}

	private void play() {
		Map<String, ServerChild> servers = new LinkedHashMap<>();
		try (Clients clients = new Clients(this.workload)) {
			this.options.contenders()
				.stream()
				.filter((contender) -> Contenders.serves(contender, this.workload))
				.forEach((contender) -> servers.put(contender, ServerChild.start(contender, this.workload)));
			servers.forEach(
					(contender, server) -> take(server, clients.of(contender), 1, this.options.schedule().warmUp()));
			for (int count : this.options.peers()) {
				servers.forEach(
						(contender, server) -> this.samples.computeIfAbsent(contender, (key) -> new LinkedHashMap<>())
							.computeIfAbsent(count, (key) -> new ArrayList<>())
							.add(new ArrayList<>()));
			}
			for (int round = 0; round < this.options.schedule().rounds(); round++) {
				this.options.peers().forEach((count) -> servers.forEach((contender, server) -> {
					List<List<Sample>> forks = this.samples.getOrDefault(contender, Map.of())
						.getOrDefault(count, List.of());
					forks.get(forks.size() - 1)
						.add(take(server, clients.of(contender), count, this.options.schedule().round()));
				}));
			}
		}
		finally {
			servers.values().forEach(ServerChild::close);
		}
	}

	// What each connection sets up with its first message does not count.
	private Sample take(ServerChild server, ClientChild client, int peers, Duration duration) {
		client.open(server.port(), peers);
		Sample.take(server, client, this.workload, (duration.compareTo(SETTLE) < 0) ? duration : SETTLE);
		Sample sample = Sample.take(server, client, this.workload, duration);
		client.open(server.port(), 0);
		return sample;
	}

	private String row(String contender, int peers) {
		Series<Sample> own = series(contender, peers);
		return String.format(Locale.ROOT, "| %s | %s | %,d | %,.0f | %.1f | %.1f | %.2f | %s | %s | %.2f | %.1f |%n",
				this.workload.name(), contender, peers, own.median(Sample::throughput), own.median(Sample::p50Micros),
				own.median(Sample::p99Micros), own.median(Sample::serverCpuMicros),
				own.ratio(series(contender, this.options.peers().get(0)), Sample::serverCpuMicros).text(),
				own.ratio(series(Contenders.BASELINE, peers), Sample::serverCpuMicros).text(),
				own.median(Sample::cpuMicros), own.median(Sample::wakeUps) * 1000);
	}

	private Series<Sample> series(String contender, int peers) {
		return Sample.series(this.samples.getOrDefault(contender, Map.of()).getOrDefault(peers, List.of()));
	}

}
