package io.gestalt.benchmarks;

import java.time.Duration;

import io.gestalt.benchmarks.server.process.ServerProcess;
import io.gestalt.benchmarks.server.process.ServerStats;
import io.gestalt.benchmarks.run.ChildProcess;
import io.gestalt.benchmarks.workload.Workload;

/** The server of one contender, in a process of its own. */
final class ServerChild implements AutoCloseable {

	private static final Duration START = Duration.ofSeconds(60);

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final ChildProcess process;

	private final int port;

	private ServerChild(ChildProcess process, int port) {
		this.process = process;
		this.port = port;
	}

	static ServerChild start(String contender, Workload workload) {
		ChildProcess process = ChildProcess.start(ServerProcess.class, contender, workload.name());
		try {
			return new ServerChild(process, Integer.parseInt(lastWord(process.answer(START))));
		}
		catch (RuntimeException ex) {
			process.close();
			throw ex;
		}
	}

	int port() {
		return this.port;
	}

	ServerStats stats() {
		return ServerStats.parse(this.process.ask("stats", TIMEOUT));
	}

	private long handled() {
		return Long.parseLong(lastWord(this.process.ask("handled", TIMEOUT)));
	}

	/** Heap bytes in use after a collection. */
	long heap() {
		return Long.parseLong(lastWord(this.process.ask("gc", TIMEOUT)));
	}

	/**
	 * Waits until the server has handled so many messages.
	 * @throws IllegalStateException if they do not become so many, or become more
	 */
	void awaitHandled(long expected) {
		long deadline = System.nanoTime() + TIMEOUT.toNanos();
		long handled = handled();
		while (handled < expected && System.nanoTime() < deadline) {
			Thread.onSpinWait();
			handled = handled();
		}
		if (handled != expected) {
			throw new IllegalStateException("The server handled %d messages of %d".formatted(handled, expected));
		}
	}

	private static String lastWord(String line) {
		return line.substring(line.lastIndexOf(' ') + 1);
	}

	@Override
	public void close() {
		this.process.close();
	}

}
