package io.gestalt.benchmarks.run;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What one contender showed in one workload, again and again: a sample for each fork, or
 * for each round if there was one fork only.
 *
 * @param samples in the order in which they were taken
 * @param <S> what was taken
 */
public record Series<S>(List<S> samples) {

	/**
	 * Of several forks the median of each, as the rounds of one process are too much like
	 * each other.
	 */
	public static <S> Series<S> of(List<List<S>> forks, Function<List<S>, S> median) {
		return new Series<>((forks.size() == 1) ? forks.get(0) : forks.stream().map(median).toList());
	}

	/** The median of a figure. */
	public double median(ToDoubleFunction<S> figure) {
		return Spread.of(this.samples.stream().mapToDouble(figure)).median();
	}

	/** Ratios to what was taken at the same time. */
	public Spread ratio(Series<S> to, ToDoubleFunction<S> figure) {
		return Spread.of(pairs(to).mapToDouble((i) -> this.figure(i, figure) / to.figure(i, figure)));
	}

	/** What there is more of than in what was taken at the same time. */
	public DoubleStream more(Series<S> than, ToDoubleFunction<S> figure) {
		return pairs(than).mapToDouble((i) -> this.figure(i, figure) - than.figure(i, figure));
	}

	private double figure(int index, ToDoubleFunction<S> figure) {
		return figure.applyAsDouble(this.samples.get(index));
	}

	private IntStream pairs(Series<S> other) {
		return IntStream.range(0, Math.min(this.samples.size(), other.samples.size()));
	}

}
