package io.gestalt.benchmarks.amqp.contender;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what a consumer handles, from the first message to the one that completes. */
public final class Tally {

	private final AtomicLong handled = new AtomicLong();

	private volatile Goal goal = new Goal(0);

	/** Begins again, and waits for so many messages. */
	public void expect(long messages) {
		this.handled.set(0);
		this.goal = new Goal(messages);
	}

	/** A message was handled. */
	public void handled() {
		Goal current = this.goal;
		long number = this.handled.incrementAndGet();
		if (number == 1) {
			current.first = System.nanoTime();
		}
		if (number == current.messages) {
			current.last = System.nanoTime();
			current.reached.countDown();
		}
	}

	/**
	 * Waits for the last message.
	 * @return nanoseconds from the first to the last
	 * @throws IllegalStateException if it takes longer
	 */
	public long await(Duration limit) throws InterruptedException {
		Goal current = this.goal;
		if (!current.reached.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
			throw new IllegalStateException(
					"Handled %d messages of %d within %s".formatted(this.handled.get(), current.messages, limit));
		}
		return current.last - current.first;
	}

	private static final class Goal {

		private final CountDownLatch reached = new CountDownLatch(1);

		private final long messages;

		private volatile long first;

		private volatile long last;

		private Goal(long messages) {
			this.messages = messages;
		}

	}

}
