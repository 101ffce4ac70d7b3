package io.gestalt.benchmarks;

import java.time.Duration;

import io.gestalt.benchmarks.server.Contenders;
import io.gestalt.benchmarks.workload.Workload;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OptionsTests {

	@Test
	void runsEverythingByDefault() {
		Options options = Options.parse();
		assertThat(options.workloads()).isEqualTo(Workload.all()).hasSize(12);
		assertThat(options.contenders()).startsWith("netty").doesNotContain("spring-integration");
		assertThat(options.schedule().round()).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void choosesWorkloadsByTheBeginningsOfTheirNames() {
		assertThat(Options.parse("--workloads=one-way-bytes,latency-json-64").workloads()).extracting(Workload::name)
			.containsExactly("latency-json-64", "one-way-bytes-64", "one-way-bytes-1024");
	}

	@Test
	void letsOthersPlayOnlyIfTheyAreChosen() {
		assertThat(Options.parse("--contenders=all").contenders()).isEqualTo(Contenders.names());
		assertThat(Options.parse("--contenders=spring-integration").contenders()).containsExactly("netty",
				"spring-integration");
	}

	@Test
	void ordersNumbersOfPeers() {
		assertThat(Options.parse("--peers=100,1").peers()).containsExactly(1, 100);
	}

	@Test
	void refusesWhatItDoesNotKnow() {
		assertThatIllegalArgumentException().isThrownBy(() -> Options.parse("--round=3"))
			.withMessageStartingWith("No option '--round=3'");
		assertThatIllegalArgumentException().isThrownBy(() -> Options.parse("--contenders=mina"))
			.withMessageStartingWith("No such contender in 'mina'");
		assertThatIllegalArgumentException().isThrownBy(() -> Options.parse("--rounds=0"))
			.withMessage("--rounds is 0, but must be at least 1");
	}

}
