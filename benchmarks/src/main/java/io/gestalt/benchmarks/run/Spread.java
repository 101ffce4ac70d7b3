package io.gestalt.benchmarks.run;

import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * A figure that was taken several times.
 *
 * @param median its median
 * @param min the least
 * @param max the most
 * @param count how often it was taken
 */
public record Spread(double median, double min, double max, int count) {

	public static Spread of(DoubleStream values) {
		double[] sorted = values.sorted().toArray();
		int middle = sorted.length / 2;
		double median = (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
		return new Spread(median, sorted[0], sorted[sorted.length - 1], sorted.length);
	}

	/** The median and, if there was more than one, from where to where it goes. */
	public String text() {
		String format = (Math.abs(this.median) < 0.1) ? "%.3f" : "%.2f";
		return (this.count == 1) ? String.format(Locale.ROOT, format, this.median)
				: String.format(Locale.ROOT, "%1$s (%1$s..%1$s)".formatted(format), this.median, this.min, this.max);
	}

}
