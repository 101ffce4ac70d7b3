package io.gestalt.benchmarks.server;

import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

/**
 * What every handler makes of a payload.
 *
 * @param handled is incremented once per message
 * @param oneWay whether there are no replies
 */
record Echo(LongAdder handled, boolean oneWay) {

	/** Counts a message and gives its payload back, or {@code null} for no reply. */
	<T> @Nullable T of(T payload) {
		this.handled.increment();
		return this.oneWay ? null : payload;
	}

}
