package io.gestalt.benchmarks;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What one contender showed in one workload, again and again: a sample for each fork, or
 * for each round if there was one fork only.
 *
 * @param samples in the order in which they were taken
 */
record Series(List<Sample> samples) {

	/**
	 * Of several forks the median of each, as the rounds of one process are too much like
	 * each other.
	 */
	static Series of(List<List<Sample>> forks) {
		return new Series((forks.size() == 1) ? forks.get(0) : forks.stream().map(Sample::median).toList());
	}

	double median(ToDoubleFunction<Sample> figure) {
		return Spread.of(this.samples.stream().mapToDouble(figure)).median();
	}

	/** Ratios to what was taken at the same time. */
	Spread ratio(Series to, ToDoubleFunction<Sample> figure) {
		return Spread.of(pairs(to).mapToDouble((i) -> this.figure(i, figure) / to.figure(i, figure)));
	}

	/** What there is more of than in what was taken at the same time. */
	DoubleStream more(Series than, ToDoubleFunction<Sample> figure) {
		return pairs(than).mapToDouble((i) -> this.figure(i, figure) - than.figure(i, figure));
	}

	private double figure(int index, ToDoubleFunction<Sample> figure) {
		return figure.applyAsDouble(this.samples.get(index));
	}

	private IntStream pairs(Series other) {
		return IntStream.range(0, Math.min(this.samples.size(), other.samples.size()));
	}

}
