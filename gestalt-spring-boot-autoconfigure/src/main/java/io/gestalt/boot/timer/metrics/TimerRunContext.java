package io.gestalt.boot.timer.metrics;

import io.gestalt.boot.support.Words;
import io.gestalt.timer.Timer;
import io.gestalt.timer.TimerEvent.Outcome;
import io.micrometer.observation.Observation;

/** A run of a timer. */
public final class TimerRunContext extends Observation.Context {

	private final Timer timer;

	private final String name;

	private String outcome = "unknown";

	TimerRunContext(Timer timer, String name) {
		this.timer = timer;
		this.name = name;
	}

	/** The timer. */
	public Timer timer() {
		return this.timer;
	}

	/** Name of the timer, {@code other} if it was begun by a call. */
	public String name() {
		return this.name;
	}

	/** How the run ended, {@code unknown} before. */
	public String outcome() {
		return this.outcome;
	}

	void outcome(Outcome how) {
		this.outcome = Words.constant(how);
	}

}
