package io.gestalt.benchmarks.amqp;

import java.util.List;
import java.util.Map;

import io.gestalt.benchmarks.amqp.workload.AmqpWorkload;
import io.gestalt.benchmarks.run.Series;
import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@ExtendWith(RabbitExtension.class)
@Timeout(300)
class AmqpComparisonTests {

	@ParameterizedTest
	@ValueSource(strings = { "publish-json-64", "confirmed-bytes-1024", "consume-bytes-64", "rpc-1-json-64",
			"rpc-32-bytes-64" })
	void letsEachContenderPlay(String workload, RabbitBroker broker) throws Exception {
		AmqpOptions options = AmqpOptions.parse("--workloads=" + workload, "--rounds=2", "--seconds=0.1",
				"--warm-up=0.1");
		Map<String, Series<AmqpSample>> series = run(options, broker).series().get(AmqpWorkload.named(workload));
		assertThat(series).containsOnlyKeys("raw", "gestalt", "gestalt-worker", "spring");
		assertThat(series.values()).allSatisfy((contender) -> {
			assertThat(contender.samples()).hasSize(2);
			assertThat(contender.median(AmqpSample::throughput)).isPositive();
			assertThat(contender.median(AmqpSample::cpuMicros)).isPositive();
		});
	}

	@Test
	void countsForksAndNotRounds(RabbitBroker broker) throws Exception {
		AmqpOptions options = AmqpOptions.parse("--contenders=raw", "--workloads=rpc-1-bytes-64", "--rounds=1",
				"--forks=2", "--seconds=0.05", "--warm-up=0.05");
		Series<AmqpSample> series = run(options, broker).series().values().iterator().next().get("raw");
		assertThat(series.samples()).hasSize(2);
		assertThat(series.median(AmqpSample::p50Micros)).isPositive();
	}

	@Test
	void reportsAContenderThatDoesNotStart(RabbitBroker broker) throws Exception {
		AmqpOptions options = new AmqpOptions(List.of("qpid"), AmqpWorkload.all(), AmqpOptions.parse().schedule(), "");
		assertThatIllegalStateException().isThrownBy(() -> run(options, broker))
			.withMessage("Workload 'publish-bytes-64' failed for contenders [qpid]")
			.withRootCauseInstanceOf(IllegalStateException.class);
	}

	private static AmqpReport run(AmqpOptions options, RabbitBroker broker) throws Exception {
		try (Queues queues = Queues.open(AmqpBenchmarks.address(broker))) {
			return new AmqpComparison(options, queues).run();
		}
	}

}
