package io.gestalt.benchmarks.amqp.process;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.gestalt.benchmarks.amqp.contender.Requester;
import io.gestalt.benchmarks.amqp.workload.AmqpWorkload;
import io.gestalt.benchmarks.client.RunResult;
import org.HdrHistogram.Histogram;

/** Callers on threads of their own, each with one request at a time. */
final class Requesting implements Player {

	private static final int SIGNIFICANT_DIGITS = 3;

	private final Requester requester;

	private final AmqpWorkload workload;

	private final ExecutorService callers;

	Requesting(Requester requester, AmqpWorkload workload) {
		this.requester = requester;
		this.workload = workload;
		this.callers = Executors.newFixedThreadPool(workload.mode().threads());
	}

	@Override
	public RunResult play(long millis) throws Exception {
		long cpuNanos = CpuTime.nanos();
		long start = System.nanoTime();
		long end = start + TimeUnit.MILLISECONDS.toNanos(millis);
		List<Callable<Histogram>> calls = new ArrayList<>();
		for (int i = 0; i < this.workload.mode().threads(); i++) {
			calls.add(() -> call(end));
		}
		Histogram latency = new Histogram(SIGNIFICANT_DIGITS);
		for (Future<Histogram> caller : this.callers.invokeAll(calls)) {
			latency.add(caller.get());
		}
		long elapsed = System.nanoTime() - start;
		return new RunResult(latency.getTotalCount(), elapsed, latency.getValueAtPercentile(50),
				latency.getValueAtPercentile(99), CpuTime.nanos() - cpuNanos);
	}

	private Histogram call(long end) throws Exception {
		Histogram latency = new Histogram(SIGNIFICANT_DIGITS);
		Object payload = this.workload.payload();
		for (long now = System.nanoTime(); now - end < 0;) {
			Object reply = this.requester.request(payload);
			if (!this.workload.payloadType().isInstance(reply)) {
				throw new IllegalStateException("The reply is a %s".formatted(reply.getClass()));
			}
			long then = System.nanoTime();
			latency.recordValue(then - now);
			now = then;
		}
		return latency;
	}

	@Override
	public void close() throws Exception {
		this.callers.shutdownNow();
		this.requester.close();
	}

}
