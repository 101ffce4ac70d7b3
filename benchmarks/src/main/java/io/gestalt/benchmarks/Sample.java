package io.gestalt.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

import io.gestalt.benchmarks.client.RunResult;
import io.gestalt.benchmarks.run.Series;
import io.gestalt.benchmarks.run.Spread;
import io.gestalt.benchmarks.server.process.ServerStats;
import io.gestalt.benchmarks.workload.Workload;

/**
 * What one round showed, or the median of several.
 *
 * @param throughput messages per second
 * @param p50Micros median time to a reply, 0 without replies
 * @param p99Micros 99th percentile of the time to a reply, 0 without replies
 * @param serverCpuMicros CPU time of the server process per message
 * @param clientCpuMicros CPU time of the client process per message
 * @param allocatedBytes heap bytes that the server allocated per message
 * @param wakeUps how often threads of the server went on after waiting, per message
 */
record Sample(double throughput, double p50Micros, double p99Micros, double serverCpuMicros, double clientCpuMicros,
		double allocatedBytes, double wakeUps) {

	private static final double NANOS_PER_MICRO = 1e3;

	private static final double NANOS_PER_SECOND = 1e9;

	/**
	 * Plays one round on the connections that the client has opened. A one-way round
	 * lasts until the server has handled all that was sent, so that what waits in buffers
	 * and queues does not count as done.
	 */
	static Sample take(ServerChild server, ClientChild client, Workload workload, Duration duration) {
		ServerStats before = server.stats();
		RunResult run = client.run(duration);
		long sent = System.nanoTime();
		server.awaitHandled(before.handled() + run.messages());
		long drainNanos = workload.oneWay() ? System.nanoTime() - sent : 0;
		ServerStats after = server.stats();
		double messages = run.messages();
		return new Sample(messages * NANOS_PER_SECOND / (run.elapsedNanos() + drainNanos),
				run.p50Nanos() / NANOS_PER_MICRO, run.p99Nanos() / NANOS_PER_MICRO,
				(after.cpuNanos() - before.cpuNanos()) / messages / NANOS_PER_MICRO,
				run.cpuNanos() / messages / NANOS_PER_MICRO,
				(after.allocatedBytes() - before.allocatedBytes()) / messages,
				(after.wakeUps() - before.wakeUps()) / messages);
	}

	/** The rounds of several forks. */
	static Series<Sample> series(List<List<Sample>> forks) {
		return Series.of(forks, Sample::median);
	}

	/** Medians, each figure by itself. */
	static Sample median(List<Sample> samples) {
		return new Sample(median(samples, Sample::throughput), median(samples, Sample::p50Micros),
				median(samples, Sample::p99Micros), median(samples, Sample::serverCpuMicros),
				median(samples, Sample::clientCpuMicros), median(samples, Sample::allocatedBytes),
				median(samples, Sample::wakeUps));
	}

	private static double median(List<Sample> samples, ToDoubleFunction<Sample> figure) {
		return Spread.of(samples.stream().mapToDouble(figure)).median();
	}

	/** Server and client together. */
	double cpuMicros() {
		return this.serverCpuMicros + this.clientCpuMicros;
	}

}
