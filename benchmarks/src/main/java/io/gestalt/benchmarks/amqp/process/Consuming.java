package io.gestalt.benchmarks.amqp.process;

import java.time.Duration;

import io.gestalt.benchmarks.amqp.contender.Consumer;
import io.gestalt.benchmarks.amqp.contender.Contender;
import io.gestalt.benchmarks.amqp.contender.Tally;
import io.gestalt.benchmarks.amqp.workload.Place;
import io.gestalt.benchmarks.client.RunResult;

/**
 * Drains a queue.
 *
 * @param consumer drains it
 * @param tally counts what it handles
 */
record Consuming(Consumer consumer, Tally tally) implements Player {

	private static final Duration LIMIT = Duration.ofMinutes(2);

	static Consuming of(Contender contender, Place place) throws Exception {
		Tally tally = new Tally();
		return new Consuming(contender.consumer(place, tally), tally);
	}

	@Override
	public RunResult play(long messages) throws Exception {
		long cpuNanos = CpuTime.nanos();
		this.tally.expect(messages);
		this.consumer.start();
		long elapsed = this.tally.await(LIMIT);
		this.consumer.stop();
		return new RunResult(messages, elapsed, 0, 0, CpuTime.nanos() - cpuNanos);
	}

	@Override
	public void close() throws Exception {
		this.consumer.close();
	}

}
