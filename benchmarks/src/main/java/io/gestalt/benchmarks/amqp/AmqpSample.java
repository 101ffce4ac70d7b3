package io.gestalt.benchmarks.amqp;

import java.util.List;
import java.util.function.ToDoubleFunction;

import io.gestalt.benchmarks.client.RunResult;
import io.gestalt.benchmarks.run.Spread;

/**
 * What one round showed, or the median of several.
 *
 * @param throughput messages per second
 * @param p50Micros median time to a reply, 0 without replies
 * @param p99Micros 99th percentile of the time to a reply, 0 without replies
 * @param cpuMicros CPU time of the contender's processes per message
 */
record AmqpSample(double throughput, double p50Micros, double p99Micros, double cpuMicros) {

	private static final double NANOS_PER_MICRO = 1e3;

	private static final double NANOS_PER_SECOND = 1e9;

	/**
	 * Works out a round.
	 * @param run what the process has seen
	 * @param moreNanos time that passed until the broker had all
	 * @param moreCpuNanos CPU time of another process
	 */
	static AmqpSample of(RunResult run, long moreNanos, long moreCpuNanos) {
		return new AmqpSample(run.messages() * NANOS_PER_SECOND / (run.elapsedNanos() + moreNanos),
				run.p50Nanos() / NANOS_PER_MICRO, run.p99Nanos() / NANOS_PER_MICRO,
				(run.cpuNanos() + moreCpuNanos) / NANOS_PER_MICRO / run.messages());
	}

	/** Medians, each figure by itself. */
	static AmqpSample median(List<AmqpSample> samples) {
		return new AmqpSample(median(samples, AmqpSample::throughput), median(samples, AmqpSample::p50Micros),
				median(samples, AmqpSample::p99Micros), median(samples, AmqpSample::cpuMicros));
	}

	private static double median(List<AmqpSample> samples, ToDoubleFunction<AmqpSample> figure) {
		return Spread.of(samples.stream().mapToDouble(figure)).median();
	}

}
