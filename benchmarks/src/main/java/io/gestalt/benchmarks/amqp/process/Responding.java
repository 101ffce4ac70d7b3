package io.gestalt.benchmarks.amqp.process;

import io.gestalt.benchmarks.client.RunResult;

/** Replies all the time, and tells what that has cost so far. */
record Responding(AutoCloseable responder) implements Player {

	@Override
	public RunResult play(long length) {
		return new RunResult(0, 0, 0, 0, CpuTime.nanos());
	}

	@Override
	public void close() throws Exception {
		this.responder.close();
	}

}
