package io.gestalt.benchmarks.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;

/**
 * The part of a round that one connection plays. Fields are written on its event loop and
 * read when {@link #done()} has completed.
 */
final class Round {

	private final CompletableFuture<Void> done = new CompletableFuture<>();

	private final Histogram latency = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);

	private final long durationNanos;

	private long startNanos;

	private long elapsedNanos;

	private long messages;

	Round(long durationNanos) {
		this.durationNanos = durationNanos;
	}

	void start(long now) {
		this.startNanos = now;
	}

	boolean over(long now) {
		return now - this.startNanos >= this.durationNanos;
	}

	void replied(long latencyNanos) {
		this.latency.recordValue(Math.min(latencyNanos, this.latency.getHighestTrackableValue()));
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

	Histogram latency() {
		return this.latency;
	}

	long elapsedNanos() {
		return this.elapsedNanos;
	}

	long messages() {
		return this.messages;
	}

}
