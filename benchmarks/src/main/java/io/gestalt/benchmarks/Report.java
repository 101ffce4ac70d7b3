package io.gestalt.benchmarks;

import java.util.Locale;
import java.util.Map;

import io.gestalt.benchmarks.server.Contenders;
import io.gestalt.benchmarks.workload.Mode;
import io.gestalt.benchmarks.workload.Workload;
import org.jspecify.annotations.Nullable;

/**
 * The medians of a run as one Markdown table.
 *
 * @param medians by workload and contender, the baseline in each workload
 */
record Report(Map<Workload, Map<String, Sample>> medians) {

	private static final String HEAD = """
			| workload | contender | msg/s | vs netty | p50 µs | vs netty | p99 µs | server CPU µs/msg | vs netty \
			| server + client CPU µs/msg | JSON adds CPU µs/msg | vs netty | server B/msg | target |
			|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|
			""";

	private static final String NONE = "–";

	/** The table, with a line end after each row. */
	String markdown() {
		StringBuilder table = new StringBuilder(HEAD);
		this.medians.forEach((workload, samples) -> samples
			.forEach((contender, sample) -> table.append(row(workload, contender, sample))));
		return table.toString();
	}

	private String row(Workload workload, String contender, Sample sample) {
		Sample netty = median(workload, Contenders.BASELINE);
		Double added = addedByJson(workload, contender);
		Double nettyAdded = addedByJson(workload, Contenders.BASELINE);
		String[] cells = { workload.name(), contender, number("%,.0f", sample.throughput()),
				ratio(sample.throughput(), netty.throughput()), latency(workload, sample.p50Micros()),
				workload.oneWay() ? NONE : ratio(sample.p50Micros(), netty.p50Micros()),
				latency(workload, sample.p99Micros()), number("%.2f", sample.serverCpuMicros()),
				ratio(sample.serverCpuMicros(), netty.serverCpuMicros()), number("%.2f", sample.cpuMicros()),
				(added != null) ? number("%.2f", added) : NONE,
				(added != null && nettyAdded != null) ? ratio(added, nettyAdded) : NONE,
				number("%,.0f", sample.allocatedBytes()), target(workload, contender) };
		return "| " + String.join(" | ", cells) + " |\n";
	}

	private Sample median(Workload workload, String contender) {
		Sample sample = this.medians.getOrDefault(workload, Map.of()).get(contender);
		if (sample == null) {
			throw new IllegalStateException("No '%s' in workload '%s'".formatted(contender, workload.name()));
		}
		return sample;
	}

	private @Nullable Double addedByJson(Workload workload, String contender) {
		if (!workload.json() || !this.medians.containsKey(workload.withBytes())) {
			return null;
		}
		return median(workload, contender).serverCpuMicros()
				- median(workload.withBytes(), contender).serverCpuMicros();
	}

	private String target(Workload workload, String contender) {
		Target target = Target.of(workload, contender);
		Sample sample = median(workload, contender);
		Sample netty = median(workload, Contenders.BASELINE);
		if (target == null) {
			return NONE;
		}
		if (workload.json()) {
			Double added = addedByJson(workload, contender);
			Double nettyAdded = addedByJson(workload, Contenders.BASELINE);
			return (added != null && nettyAdded != null) ? target.verdict(added / nettyAdded) : NONE;
		}
		return target.verdict((workload.mode() == Mode.LATENCY) ? sample.p50Micros() / netty.p50Micros()
				: sample.throughput() / netty.throughput());
	}

	private static String latency(Workload workload, double micros) {
		return workload.oneWay() ? NONE : number("%.1f", micros);
	}

	private static String ratio(double value, double baseline) {
		return number("%.2f", value / baseline);
	}

	private static String number(String format, double value) {
		return String.format(Locale.ROOT, format, value);
	}

}
