package io.gestalt.benchmarks;

import java.util.List;
import java.util.Map;

import io.gestalt.benchmarks.workload.Workload;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ComparisonTests {

	@Test
	void comparesEchoAndOneWayInRealProcesses() {
		Options options = Options.parse("--contenders=netty",
				"--workloads=latency-json-64,pipelined-bytes-64,one-way-bytes-1024", "--rounds=2", "--seconds=0.1",
				"--warm-up=0.1");
		Report report = new Comparison(options).run();
		assertThat(report.medians()).hasSize(3);
		assertThat(report.medians().values()).allSatisfy((medians) -> {
			assertThat(medians).containsOnlyKeys("netty");
			assertThat(medians.values()).allSatisfy((sample) -> {
				assertThat(sample.throughput()).isPositive();
				assertThat(sample.serverCpuMicros()).isPositive();
				assertThat(sample.clientCpuMicros()).isPositive();
			});
		});
		assertThat(report.markdown().lines().map((row) -> row.split("\\|")[1].strip()).toList())
			.isEqualTo(List.of("workload", "---", "latency-json-64", "pipelined-bytes-64", "one-way-bytes-1024"));
	}

	@Test
	void reportsAServerThatDoesNotStart() {
		assertThatIllegalStateException()
			.isThrownBy(() -> ServerChild.start("mina", Workload.named("latency-bytes-64")))
			.withMessage("ServerProcess[mina, latency-bytes-64]: ended without an answer");
	}

	@Test
	void showsRatiosToTheBaselineAndTargets() {
		Report report = new Report(Map.of(Workload.named("pipelined-bytes-64"),
				Map.of("netty", sample(1_000_000), "gestalt-core-worker", sample(500_000))));
		assertThat(report.markdown()).contains("| pipelined-bytes-64 | gestalt-core-worker | 500,000 | 0.50 |")
			.contains("| ≥ 0.60 **missed** |")
			.contains("| pipelined-bytes-64 | netty | 1,000,000 | 1.00 |");
	}

	@Test
	void takesTheMedianOfEachFigure() {
		assertThat(Sample.median(List.of(sample(1), sample(9), sample(3))).throughput()).isEqualTo(3);
		assertThat(Sample.median(List.of(sample(1), sample(2))).throughput()).isEqualTo(1.5);
	}

	private static Sample sample(double throughput) {
		return new Sample(throughput, 10, 20, 1, 1, 100);
	}

}
