package io.gestalt.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

import io.gestalt.benchmarks.run.Series;
import io.gestalt.benchmarks.server.Contenders;
import io.gestalt.benchmarks.workload.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ComparisonTests {

	@Test
	void comparesEchoAndOneWayInRealProcesses() {
		Options options = Options.parse("--contenders=netty,gestalt-core-event-loop",
				"--workloads=latency-json-64,pipelined-bytes-64,one-way-bytes-1024", "--rounds=2", "--seconds=0.1",
				"--warm-up=0.1");
		Report report = new Comparison(options).run();
		assertThat(report.series()).hasSize(3);
		assertThat(report.series().values()).allSatisfy((contenders) -> {
			assertThat(contenders).containsOnlyKeys("netty", "gestalt-core-event-loop");
			assertThat(contenders.values()).allSatisfy((series) -> {
				assertThat(series.samples()).hasSize(2);
				assertThat(series.median(Sample::throughput)).isPositive();
				assertThat(series.median(Sample::serverCpuMicros)).isPositive();
				assertThat(series.median(Sample::clientCpuMicros)).isPositive();
			});
		});
		assertThat(report.markdown().lines().map((row) -> row.split("\\|")[1].strip()).toList())
			.isEqualTo(List.of("workload", "---", "latency-json-64", "latency-json-64", "pipelined-bytes-64",
					"pipelined-bytes-64", "one-way-bytes-1024", "one-way-bytes-1024"));
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
				Map.of("netty", series(1_000_000), "gestalt-core-worker", series(500_000))));
		assertThat(report.markdown()).contains("| pipelined-bytes-64 | gestalt-core-worker | 500,000 | 0.50 |")
			.contains("| ≥ 0.60 **missed** |")
			.contains("| pipelined-bytes-64 | netty | 1,000,000 | 1.00 |");
	}

	@Test
	void takesTheMedianOfEachFigure() {
		assertThat(Sample.median(List.of(sample(1), sample(9), sample(3))).throughput()).isEqualTo(3);
		assertThat(Sample.median(List.of(sample(1), sample(2))).throughput()).isEqualTo(1.5);
	}

	@ParameterizedTest
	@CsvSource({ "all, pipelined-json-64",
			"'rsocket-message-mapping,spring-integration,gestalt-core-event-loop-buffer', pipelined-bytes-64",
			"'rsocket-message-mapping,spring-integration,gestalt-spring-event-loop-buffer', one-way-bytes-64",
			"'rsocket-message-mapping,spring-integration', one-way-json-64" })
	void letsEachContenderPlay(String contenders, String workload) {
		Options options = Options.parse("--contenders=" + contenders, "--workloads=" + workload, "--rounds=1",
				"--seconds=0.05", "--warm-up=0.05");
		Map<String, Series<Sample>> series = new Comparison(options).run().series().get(Workload.named(workload));
		assertThat(series).containsOnlyKeys(options.contenders()
			.stream()
			.filter((contender) -> Contenders.serves(contender, Workload.named(workload)))
			.toList());
	}

	@Test
	void countsForksAndNotRounds() {
		Options options = Options.parse("--contenders=netty", "--workloads=latency-bytes-64", "--rounds=2", "--forks=3",
				"--seconds=0.05", "--warm-up=0.05");
		Series<Sample> series = new Comparison(options).run().series().values().iterator().next().get("netty");
		assertThat(series.samples()).hasSize(3);
	}

	@Test
	void comparesManyActivePeers() {
		Options options = Options.parse("--contenders=netty,gestalt-core-event-loop", "--peers=1,3,300", "--rounds=1",
				"--seconds=0.1", "--warm-up=0.1");
		String rows = new ActivePeers(options, Workload.named("pipelined-bytes-64")).run();
		assertThat(rows.lines().map((row) -> row.split("\\|")[2].strip() + row.split("\\|")[3])).containsExactly(
				"netty 1 ", "netty 3 ", "netty 300 ", "gestalt-core-event-loop 1 ", "gestalt-core-event-loop 3 ",
				"gestalt-core-event-loop 300 ");
	}

	@Test
	void subtractsWhatAHandlerByHandTakes() {
		Workload json = Workload.named("pipelined-json-64");
		Report report = new Report(Map.of(json.withBytes(),
				Map.of("netty", cpu(1, 1), "gestalt-core-worker", cpu(3, 3)), json, Map.of("netty", cpu(3, 3),
						"gestalt-core-worker", cpu(8, 8.2), "gestalt-core-worker-by-hand", cpu(8, 8))));
		assertThat(report.markdown()).contains("| 5.10 | 2.55 (2.50..2.60) | 1.05 (1.00..1.10) |")
			.contains("| ≤ 1.25 met |");
	}

	private static Series<Sample> cpu(double... micros) {
		return new Series<>(DoubleStream.of(micros).mapToObj((value) -> new Sample(1, 1, 1, value, 1, 1, 1)).toList());
	}

	private static Series<Sample> series(double throughput) {
		return new Series<>(List.of(sample(throughput)));
	}

	private static Sample sample(double throughput) {
		return new Sample(throughput, 10, 20, 1, 1, 100, 0.5);
	}

}
