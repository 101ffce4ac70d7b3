package io.gestalt.endpoint.connect;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ReconnectTests {

	@ParameterizedTest
	@CsvSource({ "1, 100", "2, 200", "3, 400", "7, 6400", "8, 10000", "9, 10000", "2000000000, 10000" })
	void growsUpToTheMaximum(int failures, long millis) {
		Reconnect reconnect = new Reconnect(Duration.ofMillis(100), 2, Duration.ofSeconds(10), false);
		assertThat(reconnect.delay(failures)).hasMillis(millis);
	}

	@Test
	void aMultiplierOfOneKeepsTheInterval() {
		Reconnect reconnect = new Reconnect(Duration.ofMillis(250), 1, Duration.ofSeconds(10), false);
		assertThat(reconnect.delay(1)).hasMillis(250);
		assertThat(reconnect.delay(50)).hasMillis(250);
	}

	@ParameterizedTest
	@CsvSource({ "1, 100", "3, 400", "20, 10000" })
	void jitterSpreadsTheWaitOverTheWholeInterval(int failures, long bound) {
		List<Long> waits = IntStream.range(0, 2000)
			.mapToObj((i) -> Reconnect.DEFAULT.delay(failures).toMillis())
			.toList();
		assertThat(waits).allSatisfy((wait) -> assertThat(wait).isBetween(1L, bound));
		assertThat(waits).anyMatch((wait) -> wait < bound / 5).anyMatch((wait) -> wait > bound * 4 / 5);
		double mean = waits.stream().mapToLong(Long::longValue).average().orElseThrow();
		assertThat(mean).isBetween(bound * 0.44, bound * 0.56);
	}

	@Test
	void waitsAtLeastAMillisecond() {
		Reconnect reconnect = new Reconnect(Duration.ofNanos(1), 2, Duration.ofNanos(1), true);
		assertThat(reconnect.delay(1)).hasMillis(1);
	}

	@Test
	void refusesIntervalsThatMakeNoSense() {
		Duration second = Duration.ofSeconds(1);
		assertThatIllegalArgumentException().isThrownBy(() -> new Reconnect(Duration.ZERO, 2, second, true))
			.withMessage("Initial interval must be positive, was PT0S");
		assertThatIllegalArgumentException().isThrownBy(() -> new Reconnect(second, 0.5, second, true))
			.withMessage("Multiplier must be at least 1, was 0.5");
		assertThatIllegalArgumentException().isThrownBy(() -> new Reconnect(second, 2, Duration.ofMillis(1), true))
			.withMessage("Max interval PT0.001S must not be shorter than the initial interval PT1S");
	}

}
