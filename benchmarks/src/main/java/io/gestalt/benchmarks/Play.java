package io.gestalt.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.gestalt.benchmarks.server.Contenders;
import io.gestalt.benchmarks.workload.Workload;

/** The processes of one fork and one workload: all contenders and their clients. */
final class Play implements AutoCloseable {

	private final Workload workload;

	private final int connections;

	private final Clients clients;

	private final Map<String, ServerChild> servers = new LinkedHashMap<>();

	private final Map<String, List<Sample>> samples = new LinkedHashMap<>();

	Play(Workload workload, int connections) {
		this.workload = workload;
		this.connections = connections;
		this.clients = new Clients(workload);
	}

	/** Starts those contenders that serve the workload. */
	void start(List<String> contenders) {
		contenders.stream()
			.filter((contender) -> Contenders.serves(contender, this.workload))
			.forEach((contender) -> this.servers.put(contender, ServerChild.start(contender, this.workload)));
	}

	/** Lets each contender play a round that does not count. */
	void warmUp(Duration duration) {
		this.servers.keySet().forEach((contender) -> take(contender, duration));
	}

	/** Lets each contender play a round. */
	void round(Duration duration) {
		this.servers.keySet()
			.forEach((contender) -> this.samples.computeIfAbsent(contender, (key) -> new ArrayList<>())
				.add(take(contender, duration)));
	}

	private Sample take(String contender, Duration duration) {
		ServerChild server = this.servers.get(contender);
		if (server == null) {
			throw new IllegalStateException("No server of '%s'".formatted(contender));
		}
		ClientChild client = this.clients.of(contender);
		client.open(server.port(), this.connections);
		return Sample.take(server, client, this.workload, duration);
	}

	Workload workload() {
		return this.workload;
	}

	/** The rounds of each contender. */
	Map<String, List<Sample>> samples() {
		return this.samples;
	}

	@Override
	public void close() {
		this.clients.close();
		this.servers.values().forEach(ServerChild::close);
	}

}
