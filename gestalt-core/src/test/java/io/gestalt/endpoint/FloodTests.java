package io.gestalt.endpoint;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.gestalt.harness.Fork;
import io.gestalt.transport.queue.OnFull;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Processes with 256 MB of heap and 128 MB of direct memory take far more than that. */
@Timeout(300)
class FloodTests {

	private static final boolean LONG = Boolean.getBoolean("gestalt.long");

	private static final List<String> MEMORY = List.of("-Xmx256m", "-XX:MaxDirectMemorySize=128m");

	@ParameterizedTest
	@CsvSource({ "BLOCK, 65536, 12000", "FAIL, 65536, 32768", "DROP_OLDEST, 65536, 32768", "DROP_NEWEST, 65536, 32768",
			"BLOCK, 100, 20000", "FAIL, 100, 1000000", "DROP_OLDEST, 100, 2000000", "DROP_NEWEST, 100, 2000000" })
	void aPeerThatNeverReadsCostsNoMoreThanItsQueue(OnFull onFull, int size, int messages) throws Exception {
		int count = LONG ? Math.max(messages, 2_147_483_647 / size) / 4 * 4 : messages;
		Fork fork = Fork.run(MEMORY, Flood.class, "out", onFull.name(), Integer.toString(size),
				Integer.toString(count));
		assertThat(fork.output()).doesNotContain("OutOfMemory").contains("OFFERED " + count);
		assertThat(fork.exitCode()).as(fork.output()).isZero();
		assertThat(peak(fork)).isLessThan(110_000_000L);
	}

	@Test
	void aHandlerThatIsLateStopsItsPeerAndLosesNothing() throws Exception {
		Fork fork = Fork.run(MEMORY, Flood.class, "in", "16000", LONG ? "200000" : "40000");
		assertThat(fork.output()).doesNotContain("OutOfMemory", "HANDLER_FAILED").contains("STOPPED AFTER");
		assertThat(fork.exitCode()).as(fork.output()).isZero();
		assertThat(peak(fork)).isLessThan(32_000_000L);
	}

	private static long peak(Fork fork) {
		System.out.println(fork.output());
		Matcher matcher = Pattern.compile("PEAK (\\d+)").matcher(fork.output());
		assertThat(matcher.find()).as(fork.output()).isTrue();
		return Long.parseLong(matcher.group(1));
	}

}
