package io.gestalt.benchmarks.amqp.spring;

import io.gestalt.benchmarks.amqp.contender.Tally;
import org.jspecify.annotations.Nullable;

/**
 * What every listener makes of a payload.
 *
 * @param tally is told of each
 * @param replies whether it goes back
 */
record Echo(Tally tally, boolean replies) {

	/** For a consumer. */
	static Echo none(Tally tally) {
		return new Echo(tally, false);
	}

	/** For a responder. */
	static Echo reply() {
		return new Echo(new Tally(), true);
	}

	<T> @Nullable T of(T payload) {
		this.tally.handled();
		return this.replies ? payload : null;
	}

}
