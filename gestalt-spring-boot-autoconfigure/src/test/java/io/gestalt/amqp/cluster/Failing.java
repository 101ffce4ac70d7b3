package io.gestalt.amqp.cluster;

import java.util.concurrent.atomic.AtomicInteger;

import io.gestalt.boot.annotation.GestaltListener;

/** Fails always. */
class Failing {

	private final AtomicInteger count = new AtomicInteger();

	@GestaltListener("ticks")
	void tick(Tick tick) {
		this.count.incrementAndGet();
		throw new IllegalStateException("Nobody wants " + tick);
	}

	int count() {
		return this.count.get();
	}

}
