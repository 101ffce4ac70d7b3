package io.gestalt.harness;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/** Waits, within a limit, for what other threads are about to do. */
public final class Await {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

	private Await() {
	}

	public static void until(String what, BooleanSupplier condition) {
		until(what, LIMIT, condition);
	}

	public static void until(String what, Duration limit, BooleanSupplier condition) {
		if (!holdsWithin(limit, condition)) {
			fail("Not within %s: %s", limit, what);
		}
	}

	public static <T> void untilEquals(T expected, Supplier<T> actual) {
		holdsWithin(LIMIT, () -> expected.equals(actual.get()));
		assertThat(actual.get()).isEqualTo(expected);
	}

	private static boolean holdsWithin(Duration limit, BooleanSupplier condition) {
		long start = System.nanoTime();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - start > limit.toNanos()) {
				return false;
			}
			LockSupport.parkNanos(PAUSE);
		}
		return true;
	}

}
