package io.gestalt.benchmarks;

import java.time.Duration;

import io.gestalt.benchmarks.client.ClientProcess;
import io.gestalt.benchmarks.client.RunResult;
import io.gestalt.benchmarks.workload.Workload;

/** The load generator, in a process of its own. */
final class ClientChild implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final ChildProcess process;

	private ClientChild(ChildProcess process) {
		this.process = process;
	}

	static ClientChild start(Workload workload, int connections) {
		ChildProcess process = ChildProcess.start(ClientProcess.class, workload.name(), String.valueOf(connections));
		try {
			process.answer(TIMEOUT);
			return new ClientChild(process);
		}
		catch (RuntimeException ex) {
			process.close();
			throw ex;
		}
	}

	/** Plays one round against a server. */
	RunResult run(int port, Duration duration) {
		return RunResult
			.parse(this.process.ask("run %d %d".formatted(port, duration.toMillis()), duration.plus(TIMEOUT)));
	}

	/**
	 * Opens or closes idle connections to a server until there are so many, all alive.
	 */
	void idle(int port, int count) {
		this.process.ask("idle %d %d".formatted(port, count), TIMEOUT);
	}

	@Override
	public void close() {
		this.process.close();
	}

}
