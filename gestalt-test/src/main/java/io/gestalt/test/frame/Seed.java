package io.gestalt.test.frame;

import java.util.Random;

/**
 * Random cases that can be run again: {@code -Dgestalt.seed} and {@code -Dgestalt.cases}.
 */
final class Seed {

	private static final long VALUE = Long.getLong("gestalt.seed", System.nanoTime());

	private static final int CASES = Integer.getInteger("gestalt.cases", 10_000);

	private Seed() {
	}

	static Random random(Object test) {
		System.out.printf("%s: -Dgestalt.seed=%d%n", test.getClass().getSimpleName(), VALUE);
		return new Random(VALUE);
	}

	static int cases() {
		return CASES;
	}

}
