package io.gestalt.benchmarks;

import java.util.EnumMap;
import java.util.Map;

import io.gestalt.benchmarks.server.Contenders;
import io.gestalt.benchmarks.workload.Wire;
import io.gestalt.benchmarks.workload.Workload;

/** The load generators of one workload, one for each wire, started when it is needed. */
final class Clients implements AutoCloseable {

	private final Workload workload;

	private final Map<Wire, ClientChild> children = new EnumMap<>(Wire.class);

	Clients(Workload workload) {
		this.workload = workload;
	}

	/** The client that talks as a contender does. */
	ClientChild of(String contender) {
		return this.children.computeIfAbsent(Contenders.wire(contender),
				(wire) -> ClientChild.start(this.workload, wire));
	}

	@Override
	public void close() {
		this.children.values().forEach(ClientChild::close);
	}

}
