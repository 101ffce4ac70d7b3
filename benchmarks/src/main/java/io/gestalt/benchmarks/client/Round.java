package io.gestalt.benchmarks.client;

import java.util.concurrent.CompletableFuture;

import org.HdrHistogram.Histogram;

/**
 * A round of one or several parts, all played on one event loop. What it counts is read
 * when {@link #done()} has completed.
 */
final class Round {

	private static final int SIGNIFICANT_DIGITS = 3;

	private final CompletableFuture<Void> done = new CompletableFuture<>();

	private final Histogram latency = new Histogram(SIGNIFICANT_DIGITS);

	private final long durationNanos;

	private int unfinished;

	private long startNanos;

	private long elapsedNanos;

	private long messages;

	/**
	 * A round to be played.
	 * @param durationNanos when to stop sending
	 * @param parts how often it is finished until it is done
	 */
	Round(long durationNanos, int parts) {
		this.durationNanos = durationNanos;
		this.unfinished = parts;
	}

	void start(long now) {
		this.startNanos = now;
	}

	boolean over(long now) {
		return now - this.startNanos >= this.durationNanos;
	}

	void replied(long latencyNanos) {
		this.latency.recordValue(latencyNanos);
	}

	void finish(long now, long messageCount) {
		this.elapsedNanos = Math.max(this.elapsedNanos, now - this.startNanos);
		this.messages += messageCount;
		this.unfinished--;
		if (this.unfinished == 0) {
			this.done.complete(null);
		}
	}

	void fail(Throwable cause) {
		this.done.completeExceptionally(cause);
	}

	CompletableFuture<Void> done() {
		return this.done;
	}

	/** How long it sends. */
	long durationNanos() {
		return this.durationNanos;
	}

	/** Time of the slowest part. */
	long elapsedNanos() {
		return this.elapsedNanos;
	}

	/** Messages sent and, with replies, verified. */
	long messages() {
		return this.messages;
	}

	/** Times to reply in nanoseconds, empty without replies. */
	Histogram latency() {
		return this.latency;
	}

}
