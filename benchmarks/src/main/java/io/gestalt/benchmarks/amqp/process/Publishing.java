package io.gestalt.benchmarks.amqp.process;

import java.util.concurrent.TimeUnit;

import io.gestalt.benchmarks.amqp.contender.Publisher;
import io.gestalt.benchmarks.amqp.workload.AmqpWorkload;
import io.gestalt.benchmarks.client.RunResult;

/** Publishes for some time, and one message more that says that it was the last. */
final class Publishing implements Player {

	private final Publisher publisher;

	private final Object payload;

	private final Object last;

	Publishing(Publisher publisher, AmqpWorkload workload) {
		this.publisher = publisher;
		this.payload = workload.payload();
		this.last = workload.last();
	}

	@Override
	public RunResult play(long millis) throws Exception {
		long cpuNanos = CpuTime.nanos();
		long start = System.nanoTime();
		long duration = TimeUnit.MILLISECONDS.toNanos(millis);
		long messages = 1;
		for (; System.nanoTime() - start < duration; messages++) {
			this.publisher.publish(this.payload);
		}
		this.publisher.publish(this.last);
		this.publisher.await();
		long elapsed = System.nanoTime() - start;
		return new RunResult(messages, elapsed, 0, 0, CpuTime.nanos() - cpuNanos);
	}

	@Override
	public void close() throws Exception {
		this.publisher.close();
	}

}
