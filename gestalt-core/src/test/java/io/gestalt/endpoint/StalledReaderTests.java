package io.gestalt.endpoint;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.gestalt.harness.Fork;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Processes with 64 MB of direct memory, of which an endpoint may use half. */
@Timeout(120)
class StalledReaderTests {

	private static final List<String> MEMORY = List.of("-Xmx256m", "-XX:MaxDirectMemorySize=64m");

	@ParameterizedTest
	@ValueSource(strings = { "send FAIL", "send DROP_OLDEST", "send DROP_NEWEST", "send BLOCK", "reply" })
	void manyPeersThatNeverReadLeaveMemoryAndATurnToAGoodOne(String arguments) throws Exception {
		Fork fork = Fork.run(MEMORY, StalledReaders.class, arguments.split(" "));
		assertThat(fork.exitCode()).as(fork.output()).isZero();
		assertThat(fork.output()).doesNotContain("OutOfMemory", "HANDLER_FAILED");
		assertThat(number(fork, "PEAK")).isBetween(10_000_000L, 60_000_000L);
		assertThat(number(fork, "GOOD")).isPositive();
	}

	private static long number(Fork fork, String word) {
		Matcher matcher = Pattern.compile(word + " (\\d+)").matcher(fork.output());
		assertThat(matcher.find()).as(fork.output()).isTrue();
		return Long.parseLong(matcher.group(1));
	}

}
