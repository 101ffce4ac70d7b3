package io.gestalt.benchmarks;

import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import io.gestalt.benchmarks.run.Series;
import io.gestalt.benchmarks.run.Spread;
import io.gestalt.benchmarks.run.Target;
import io.gestalt.benchmarks.server.Contenders;
import io.gestalt.benchmarks.workload.Mode;
import io.gestalt.benchmarks.workload.Workload;
import org.jspecify.annotations.Nullable;

/**
 * The medians of a run as one Markdown table.
 *
 * @param series by workload and contender, the baseline in each workload
 */
record Report(Map<Workload, Map<String, Series<Sample>>> series) {

	private static final String HEAD = """
			| workload | contender | msg/s | vs netty | p50 µs | vs netty | p99 µs | server CPU µs/msg | vs netty \
			| server + client CPU µs/msg | JSON adds CPU µs/msg | vs netty | less by hand | server B/msg \
			| server wake-ups/1,000 msg | target |
			|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|
			""";

	private static final String NONE = "–";

	private static final ToDoubleFunction<Sample> CPU = Sample::serverCpuMicros;

	/** The table, with a line end after each row. */
	String markdown() {
		StringBuilder table = new StringBuilder(HEAD);
		this.series.forEach((workload, contenders) -> contenders.keySet()
			.forEach((contender) -> table.append(row(workload, contender))));
		return table.toString();
	}

	private String row(Workload workload, String contender) {
		Series<Sample> own = series(workload, contender);
		Series<Sample> netty = series(workload, Contenders.BASELINE);
		JsonCost json = jsonCost(workload, contender);
		String[] cells = { workload.name(), contender, number("%,.0f", own.median(Sample::throughput)),
				own.ratio(netty, Sample::throughput).text(), latency(workload, own.median(Sample::p50Micros)),
				workload.oneWay() ? NONE : own.ratio(netty, Sample::p50Micros).text(),
				latency(workload, own.median(Sample::p99Micros)), number("%.2f", own.median(CPU)),
				own.ratio(netty, CPU).text(), number("%.2f", own.median(Sample::cpuMicros)),
				(json != null) ? number("%.2f", json.added()) : NONE, (json != null) ? json.ratio().text() : NONE,
				(json != null && json.lessByHand() != null) ? json.lessByHand().text() : NONE,
				number("%,.0f", own.median(Sample::allocatedBytes)), number("%.1f", own.median(Sample::wakeUps) * 1000),
				target(workload, contender, json) };
		return "| " + String.join(" | ", cells) + " |\n";
	}

	private Series<Sample> series(Workload workload, String contender) {
		Series<Sample> series = find(workload, contender);
		if (series == null) {
			throw new IllegalStateException("No '%s' in workload '%s'".formatted(contender, workload.name()));
		}
		return series;
	}

	private @Nullable Series<Sample> find(Workload workload, String contender) {
		return this.series.getOrDefault(workload, Map.of()).get(contender);
	}

	private @Nullable JsonCost jsonCost(Workload workload, String contender) {
		Series<Sample> bytes = find(workload.withBytes(), Contenders.withSerializer(contender));
		Series<Sample> nettyBytes = find(workload.withBytes(), Contenders.BASELINE);
		if (!workload.json() || bytes == null || nettyBytes == null) {
			return null;
		}
		Series<Sample> own = series(workload, contender);
		double jackson = Spread.of(series(workload, Contenders.BASELINE).more(nettyBytes, CPU)).median();
		String byHand = Contenders.byHand(contender);
		Series<Sample> hand = (byHand != null) ? find(workload, byHand) : null;
		return new JsonCost(Spread.of(own.more(bytes, CPU)).median(),
				Spread.of(own.more(bytes, CPU).map((added) -> added / jackson)),
				(hand != null) ? Spread.of(own.more(hand, CPU).map((added) -> 1 + added / jackson)) : null);
	}

	private String target(Workload workload, String contender, @Nullable JsonCost json) {
		Target target = Targets.of(workload, contender);
		if (target == null) {
			return NONE;
		}
		if (workload.json()) {
			return (json != null && json.lessByHand() != null) ? target.verdict(json.lessByHand().median()) : NONE;
		}
		ToDoubleFunction<Sample> figure = (workload.mode() == Mode.LATENCY) ? Sample::p50Micros : Sample::throughput;
		return target
			.verdict(series(workload, contender).ratio(series(workload, Contenders.BASELINE), figure).median());
	}

	private static String latency(Workload workload, double micros) {
		return workload.oneWay() ? NONE : number("%.1f", micros);
	}

	private static String number(String format, double value) {
		return String.format(Locale.ROOT, format, value);
	}

	/**
	 * What JSON costs a contender in CPU time per message.
	 *
	 * @param added microseconds more than with bytes
	 * @param ratio those to what Jackson adds to the baseline
	 * @param lessByHand one, and the ratio to the same of what is more than with a
	 * handler that calls Jackson by itself
	 */
	private record JsonCost(double added, Spread ratio, @Nullable Spread lessByHand) {

	}

}
