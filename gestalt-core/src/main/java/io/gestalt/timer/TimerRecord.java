package io.gestalt.timer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

import io.gestalt.timer.TimerEvent.Outcome;
import org.jspecify.annotations.Nullable;

/** Counts what a timer does, remembers its last error, and tells the observer. */
final class TimerRecord {

	private final Timer timer;

	private final TimerObserver observer;

	private final AtomicLong runs = new AtomicLong();

	private final LongAdder failed = new LongAdder();

	private final LongAdder timedOut = new LongAdder();

	private final LongAdder abandoned = new LongAdder();

	private final LongAdder skipped = new LongAdder();

	private final LongAccumulator longestLag = new LongAccumulator(Long::max, 0);

	private volatile long lastLag;

	private volatile @Nullable Throwable lastError;

	private volatile @Nullable Throwable cancellation;

	TimerRecord(Timer timer, TimerObserver observer) {
		this.timer = timer;
		this.observer = observer;
	}

	void begun(Duration lag) {
		this.runs.incrementAndGet();
		this.lastLag = lag.toNanos();
		this.longestLag.accumulate(this.lastLag);
		tell(new TimerEvent.RunBegun(this.timer, lag));
	}

	/**
	 * Counts the end of a run; what broke it was counted then.
	 * @param event how it ended
	 * @param calls tells the observer later, when nothing is locked
	 */
	void ended(TimerEvent.RunEnded event, List<Runnable> calls) {
		calls.add(() -> tell(event));
		if (event.outcome() == Outcome.FAILED) {
			this.failed.increment();
		}
		if (event.outcome() != Outcome.TIMED_OUT) {
			this.lastError = event.error();
		}
	}

	void timedOut(Duration limit) {
		this.timedOut.increment();
		this.lastError = tooLong("takes longer than %d ms".formatted(limit.toMillis()));
	}

	private TimerException tooLong(String how) {
		return new TimerException(this.timer.name(), "Run of timer '%s' %s".formatted(this.timer.name(), how));
	}

	/** Why a run is none that has succeeded; other runs may have ended meanwhile. */
	Throwable causeOf(TimerEvent.RunEnded event) {
		Throwable error = event.error();
		return (event.outcome() != Outcome.TIMED_OUT && error != null) ? error
				: tooLong("took %d ms, which is too long".formatted(event.elapsed().toMillis()));
	}

	void cancellation(@Nullable Throwable cause) {
		this.cancellation = cause;
	}

	@Nullable Throwable cancellation() {
		return this.cancellation;
	}

	void abandoned() {
		this.abandoned.increment();
	}

	/**
	 * Counts ticks that led to no run.
	 * @param count how many, maybe none
	 * @param calls tells the observer later, when nothing is locked
	 */
	void skipped(long count, List<Runnable> calls) {
		if (count > 0) {
			this.skipped.add(count);
			calls.add(() -> tell(new TimerEvent.Skipped(this.timer, count)));
		}
	}

	void error(Throwable error) {
		this.lastError = error;
	}

	void tell(TimerEvent event) {
		this.observer.onEvent(event);
	}

	@Nullable Throwable lastError() {
		return this.lastError;
	}

	TimerCounts counts() {
		return new TimerCounts(this.runs.get(), this.failed.sum(), this.timedOut.sum(), this.abandoned.sum(),
				this.skipped.sum(), Duration.ofNanos(this.lastLag), Duration.ofNanos(this.longestLag.get()));
	}

}
