package io.gestalt.benchmarks.client;

import java.util.concurrent.CompletableFuture;

import org.HdrHistogram.Histogram;

/**
 * The part of a round that one connection plays. Fields are written on its event loop and
 * read when {@link #done()} has completed.
 */
final class Round {

	private final CompletableFuture<Void> done = new CompletableFuture<>();

	private final long durationNanos;

	private final Histogram latency;

	private long startNanos;

	private long elapsedNanos;

	private long messages;

	/**
	 * A part to be played.
	 * @param durationNanos when to stop sending
	 * @param latency takes the times to reply in nanoseconds, shared by the connections
	 * of one event loop
	 */
	Round(long durationNanos, Histogram latency) {
		this.durationNanos = durationNanos;
		this.latency = latency;
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
		this.elapsedNanos = now - this.startNanos;
		this.messages = messageCount;
		this.done.complete(null);
	}

	void fail(Throwable cause) {
		this.done.completeExceptionally(cause);
	}

	CompletableFuture<Void> done() {
		return this.done;
	}

	long elapsedNanos() {
		return this.elapsedNanos;
	}

	long messages() {
		return this.messages;
	}

}
