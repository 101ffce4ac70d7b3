package io.gestalt.benchmarks.amqp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.gestalt.benchmarks.amqp.workload.AmqpWorkload;
import io.gestalt.benchmarks.run.Series;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AmqpReportTests {

	@Test
	void comparesGestaltWithTheRawClientAndWithSpring() {
		assertThat(report("consume-bytes-64", 100_000, 94_000, 50_000))
			.contains("| consume-bytes-64 | gestalt | 94,000 | 0.94 | 1.88 | – | – | 2.00 | 1.00 "
					+ "| ≥ 0.95 **missed** | ≥ 1.00 met |")
			.contains("| consume-bytes-64 | spring | 50,000 | 0.50 | 1.00 | – | – | 2.00 | 1.00 | – | – |");
	}

	@Test
	void wantsToBeFourTimesAsFastAsSpringWithConfirms() {
		assertThat(report("confirmed-bytes-64", 100_000, 99_000, 25_000))
			.contains("| ≥ 0.95 met | ≥ 4.00 **missed** |");
	}

	@Test
	void showsTimesWhereThereAreReplies() {
		assertThat(report("rpc-1-bytes-64", 1, 1, 1)).contains("| rpc-1-bytes-64 | raw | 1 | 1.00 | 1.00 | 10 | 20 |");
	}

	private static String report(String workload, double raw, double gestalt, double spring) {
		Map<String, Series<AmqpSample>> series = new LinkedHashMap<>();
		series.put("raw", series(raw));
		series.put("gestalt", series(gestalt));
		series.put("spring", series(spring));
		return new AmqpReport(Map.of(AmqpWorkload.named(workload), series)).markdown();
	}

	private static Series<AmqpSample> series(double throughput) {
		return new Series<>(List.of(new AmqpSample(throughput, 10, 20, 2)));
	}

}
