package io.gestalt.benchmarks.amqp;

import java.util.Locale;
import java.util.Map;

import io.gestalt.benchmarks.amqp.process.AmqpContenders;
import io.gestalt.benchmarks.amqp.workload.AmqpWorkload;
import io.gestalt.benchmarks.amqp.workload.Role;
import io.gestalt.benchmarks.run.Series;
import io.gestalt.benchmarks.run.Target;
import org.jspecify.annotations.Nullable;

/**
 * The medians of a run as one Markdown table.
 *
 * @param series by workload and contender, the baseline in each workload
 */
record AmqpReport(Map<AmqpWorkload, Map<String, Series<AmqpSample>>> series) {

	private static final String HEAD = """
			| workload | contender | msg/s | vs raw | vs spring | p50 µs | p99 µs | CPU µs/msg | vs raw \
			| target vs raw | target vs spring |
			|---|---|--:|--:|--:|--:|--:|--:|--:|---|---|
			""";

	private static final String NONE = "–";

	private static final Target RAW = Target.atLeast(0.95);

	private static final Target SPRING = Target.atLeast(1);

	private static final Target SPRING_CONFIRMED = Target.atLeast(4);

	/** The table, with a line end after each row. */
	String markdown() {
		StringBuilder table = new StringBuilder(HEAD);
		this.series.forEach((workload, contenders) -> contenders.keySet()
			.forEach((contender) -> table.append(row(workload, contender, contenders))));
		return table.toString();
	}

	private static String row(AmqpWorkload workload, String contender, Map<String, Series<AmqpSample>> contenders) {
		Series<AmqpSample> own = contenders.get(contender);
		Series<AmqpSample> raw = contenders.get(AmqpContenders.BASELINE);
		Series<AmqpSample> spring = contenders.get(AmqpContenders.SPRING);
		if (own == null || raw == null) {
			throw new IllegalStateException("No '%s' in workload '%s'".formatted(contender, workload.name()));
		}
		boolean replies = workload.mode().role() == Role.REQUESTER;
		boolean gestalt = contender.equals(AmqpContenders.GESTALT);
		String[] cells = { workload.name(), contender, number("%,.0f", own.median(AmqpSample::throughput)),
				own.ratio(raw, AmqpSample::throughput).text(),
				(spring != null) ? own.ratio(spring, AmqpSample::throughput).text() : NONE,
				replies ? number("%.0f", own.median(AmqpSample::p50Micros)) : NONE,
				replies ? number("%.0f", own.median(AmqpSample::p99Micros)) : NONE,
				number("%.2f", own.median(AmqpSample::cpuMicros)), own.ratio(raw, AmqpSample::cpuMicros).text(),
				gestalt ? verdict(RAW, own, raw) : NONE,
				gestalt ? verdict(workload.confirms() ? SPRING_CONFIRMED : SPRING, own, spring) : NONE };
		return "| " + String.join(" | ", cells) + " |\n";
	}

	private static String verdict(Target target, Series<AmqpSample> own, @Nullable Series<AmqpSample> other) {
		return (other != null) ? target.verdict(own.ratio(other, AmqpSample::throughput).median()) : NONE;
	}

	private static String number(String format, double value) {
		return String.format(Locale.ROOT, format, value);
	}

}
