package io.gestalt.timer;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a timer does. */
final class Tally {

	private final AtomicLong runs = new AtomicLong();

	private final LongAdder failed = new LongAdder();

	private final LongAdder timedOut = new LongAdder();

	private final LongAdder abandoned = new LongAdder();

	private final LongAdder skipped = new LongAdder();

	private final LongAccumulator longestLag = new LongAccumulator(Long::max, 0);

	private volatile long lastLag;

	void begun(Duration lag) {
		this.runs.incrementAndGet();
		this.lastLag = lag.toNanos();
		this.longestLag.accumulate(this.lastLag);
	}

	void failed() {
		this.failed.increment();
	}

	void timedOut() {
		this.timedOut.increment();
	}

	void abandoned() {
		this.abandoned.increment();
	}

	void skipped(long count) {
		this.skipped.add(count);
	}

	long runs() {
		return this.runs.get();
	}

	TimerCounts counts() {
		return new TimerCounts(this.runs.get(), this.failed.sum(), this.timedOut.sum(), this.abandoned.sum(),
				this.skipped.sum(), Duration.ofNanos(this.lastLag), Duration.ofNanos(this.longestLag.get()));
	}

}
