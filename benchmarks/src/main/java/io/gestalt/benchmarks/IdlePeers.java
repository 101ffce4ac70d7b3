package io.gestalt.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.gestalt.benchmarks.run.Page;
import io.gestalt.benchmarks.server.Contenders;
import io.gestalt.benchmarks.workload.Workload;

/**
 * Measures what idle peers cost: heap of the server, and speed of the one peer that
 * speaks. One server goes through all numbers of peers in every round, so that only the
 * number differs.
 */
public final class IdlePeers {

	private static final Duration SETTLE = Duration.ofSeconds(1);

	private static final Workload WORKLOAD = Workload.named("pipelined-bytes-64");

	private final Options options;

	private final Map<Integer, List<Sample>> samples = new LinkedHashMap<>();

	private final Map<Integer, Double> heapPerPeer = new LinkedHashMap<>();

	private IdlePeers(Options options) {
		this.options = options;
	}

	/**
	 * Runs the measurement and writes the table to {@code idle-peers.md} in the directory
	 * of the build.
	 * @param args contenders, rounds and times as for {@link Benchmarks}
	 * @throws IOException if the table cannot be written
	 */
	public static void main(String[] args) throws IOException {
		Options options = Peers.options(args, "--peers=1,100,10000");
		StringBuilder table = new StringBuilder("""
				| contender | idle peers | heap B/peer | msg/s | vs 1 peer | server CPU µs/msg | vs 1 peer |
				|---|--:|--:|--:|--:|--:|--:|
				""");
		for (String contender : options.contenders()) {
			if (Contenders.serves(contender, WORKLOAD)) {
				System.err.println("Running " + contender);
				table.append(new IdlePeers(options).run(contender));
			}
		}
		new Page(options.conditions(), table.toString()).publish("idle-peers.md");
	}

	private String run(String contender) {
		try (ServerChild server = ServerChild.start(contender, WORKLOAD);
				ClientChild client = ClientChild.start(WORKLOAD, Contenders.wire(contender))) {
			client.open(server.port(), this.options.connections());
			Sample.take(server, client, WORKLOAD, this.options.schedule().warmUp());
			weigh(server, client);
			for (int round = 0; round < this.options.schedule().rounds(); round++) {
				this.options.peers().forEach((count) -> measure(server, client, count));
			}
			return rows(contender);
		}
	}

	private void weigh(ServerChild server, ClientChild client) {
		long empty = server.heap();
		for (int count : this.options.peers()) {
			client.idle(server.port(), count);
			this.heapPerPeer.put(count, (server.heap() - empty) / (double) count);
		}
	}

	private void measure(ServerChild server, ClientChild client, int count) {
		client.idle(server.port(), count);
		Sample.take(server, client, WORKLOAD, SETTLE);
		this.samples.computeIfAbsent(count, (key) -> new ArrayList<>())
			.add(Sample.take(server, client, WORKLOAD, this.options.schedule().round()));
		client.idle(server.port(), count);
	}

	private String rows(String contender) {
		StringBuilder rows = new StringBuilder();
		Sample one = Sample.median(this.samples.getOrDefault(this.options.peers().get(0), List.of()));
		this.samples.forEach((count, rounds) -> {
			Sample median = Sample.median(rounds);
			rows.append(String.format(Locale.ROOT, "| %s | %,d | %,.0f | %,.0f | %.2f | %.2f | %.2f |%n", contender,
					count, this.heapPerPeer.getOrDefault(count, Double.NaN), median.throughput(),
					median.throughput() / one.throughput(), median.serverCpuMicros(),
					median.serverCpuMicros() / one.serverCpuMicros()));
		});
		return rows.toString();
	}

}
