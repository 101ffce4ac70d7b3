package io.gestalt.benchmarks.amqp;

import io.gestalt.benchmarks.amqp.workload.AmqpWorkload;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AmqpOptionsTests {

	@Test
	void runsEverythingByDefault() {
		AmqpOptions options = AmqpOptions.parse();
		assertThat(options.workloads()).isEqualTo(AmqpWorkload.all()).hasSize(15);
		assertThat(options.contenders()).containsExactly("raw", "gestalt", "gestalt-worker", "spring");
		assertThat(options.broker()).isEmpty();
	}

	@Test
	void letsTheBaselinePlayAlways() {
		assertThat(AmqpOptions.parse("--contenders=gestalt").contenders()).containsExactly("raw", "gestalt");
	}

	@Test
	void choosesWorkloadsByTheBeginningsOfTheirNames() {
		assertThat(AmqpOptions.parse("--workloads=rpc-1-,consume-json").workloads()).extracting(AmqpWorkload::name)
			.containsExactly("consume-json-64", "rpc-1-bytes-64", "rpc-1-bytes-1024", "rpc-1-json-64");
	}

	@Test
	void refusesWhatItDoesNotKnow() {
		assertThatIllegalArgumentException().isThrownBy(() -> AmqpOptions.parse("--peers=3"))
			.withMessageStartingWith("No option '--peers=3'");
		assertThatIllegalArgumentException().isThrownBy(() -> AmqpOptions.parse("--contenders=netty"))
			.withMessageStartingWith("No such contender in 'netty'");
		assertThatIllegalArgumentException().isThrownBy(() -> AmqpOptions.parse("--workloads=stomp"))
			.withMessageStartingWith("No workload begins with 'stomp'");
	}

}
