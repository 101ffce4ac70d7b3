package io.gestalt.benchmarks;

import java.time.Duration;

import io.gestalt.benchmarks.client.ClientProcess;
import io.gestalt.benchmarks.client.RunResult;
import io.gestalt.benchmarks.workload.Wire;
import io.gestalt.benchmarks.run.ChildProcess;
import io.gestalt.benchmarks.workload.Workload;

/** The load generator, in a process of its own. */
final class ClientChild implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final ChildProcess process;

	private ClientChild(ChildProcess process) {
		this.process = process;
	}

	static ClientChild start(Workload workload, Wire wire) {
		ChildProcess process = ChildProcess.start(ClientProcess.class, workload.name(), wire.word());
		try {
			process.answer(TIMEOUT);
			return new ClientChild(process);
		}
		catch (RuntimeException ex) {
			process.close();
			throw ex;
		}
	}

	/** Replaces the connections that play by so many to a server. */
	void open(int port, int count) {
		this.process.ask("open %d %d".formatted(port, count), TIMEOUT);
	}

	/** Plays one round on the open connections. */
	RunResult run(Duration duration) {
		return RunResult.parse(this.process.ask("run %d".formatted(duration.toMillis()), duration.plus(TIMEOUT)));
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
