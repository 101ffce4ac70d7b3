package io.gestalt.boot.metrics;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import io.gestalt.message.Counter;
import io.gestalt.message.Counters;

/**
 * A count that never falls, as a registry takes that for a restart: messages that were
 * abandoned may be handled late, and what is read one after the other may not fit.
 */
final class RisingCount {

	private final LongSupplier count;

	private final AtomicLong highest = new AtomicLong();

	private RisingCount(LongSupplier count) {
		this.count = count;
	}

	/** What is handled is shown without what failed, which is a count of its own. */
	static RisingCount of(Counters counters, Counter counter) {
		return new RisingCount((counter == Counter.HANDLED) ? () -> succeeded(counters) : () -> counters.get(counter));
	}

	private static long succeeded(Counters counters) {
		long handled = counters.get(Counter.HANDLED);
		return handled - counters.get(Counter.HANDLER_FAILED);
	}

	double value() {
		return this.highest.accumulateAndGet(this.count.getAsLong(), Math::max);
	}

}
