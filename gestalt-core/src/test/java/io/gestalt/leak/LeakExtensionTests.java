package io.gestalt.leak;

import java.util.List;

import io.gestalt.harness.Fork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(120)
class LeakExtensionTests {

	private static final List<String> PARANOID = List.of("-Dio.netty.leakDetection.level=paranoid");

	@Test
	void aBufferThatIsNotReleasedFailsItsClass() throws Exception {
		Fork fork = Fork.run(PARANOID, LeakLauncher.class, Leaking.class.getName());
		assertThat(fork.exitCode()).as(fork.output()).isEqualTo(1);
		assertThat(fork.output()).contains("1 buffers leaked", "Leaking.forgets");
	}

	@Test
	void aClassThatReleasesItsBuffersPasses() throws Exception {
		Fork fork = Fork.run(PARANOID, LeakLauncher.class, Tidy.class.getName());
		assertThat(fork.exitCode()).as(fork.output()).isZero();
	}

}
