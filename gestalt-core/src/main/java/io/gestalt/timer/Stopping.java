package io.gestalt.timer;

import java.time.Duration;
import java.util.List;

/** A timer that ticks no more, while what it has begun may still run. */
final class Stopping {

	private final ScheduledTimer timer;

	private final boolean active;

	private final List<TimerRun> runs;

	private final long dropped;

	private final long begin = System.nanoTime();

	Stopping(ScheduledTimer timer, boolean active, List<TimerRun> runs, long dropped) {
		this.timer = timer;
		this.active = active;
		this.runs = runs;
		this.dropped = dropped;
	}

	/**
	 * Waits for what runs until a time of {@link System#nanoTime()}, then interrupts it.
	 */
	void await(long deadline) {
		long abandoned = 0;
		if (!this.timer.awaitEnd(this.runs, deadline)) {
			abandoned = this.runs.stream().filter(TimerRun::abandon).count();
		}
		if (this.active || !this.runs.isEmpty()) {
			this.timer.record()
				.tell(new TimerEvent.Stopped(this.timer, this.runs.size() - abandoned, abandoned, this.dropped,
						Duration.ofNanos(System.nanoTime() - this.begin)));
		}
	}

}
