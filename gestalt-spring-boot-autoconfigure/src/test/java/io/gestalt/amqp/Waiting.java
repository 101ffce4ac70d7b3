package io.gestalt.amqp;

import java.time.Duration;
import java.util.concurrent.Callable;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** Waits, within a limit, for what others are about to do. */
final class Waiting {

	static final Duration LIMIT = Duration.ofSeconds(30);

	private Waiting() {
	}

	static void until(Callable<Boolean> condition) {
		until(LIMIT, condition);
	}

	static void until(Duration limit, Callable<Boolean> condition) {
		Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).atMost(limit).until(condition);
	}

	static void untilAsserted(ThrowingRunnable assertion) {
		Awaitility.await()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(20))
			.atMost(LIMIT)
			.untilAsserted(assertion);
	}

}
