package io.gestalt.benchmarks.amqp.process;

import io.gestalt.benchmarks.client.RunResult;

/** Plays rounds. */
interface Player extends AutoCloseable {

	/**
	 * Plays a round.
	 * @param length milliseconds, of a consumer messages
	 */
	RunResult play(long length) throws Exception;

}
