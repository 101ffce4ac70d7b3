package io.gestalt.timer;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

import io.gestalt.timer.TimerSettings.Overlap;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one timer that are under way or wait for their turn. Not safe for use by
 * many threads.
 */
final class RunQueue {

	static final int MOST_WAITING = 10_000;

	static final int MOST_AT_ONCE = 100;

	private final Set<TimerRun> running = new HashSet<>();

	private final Queue<TimerRun> waiting = new ArrayDeque<>();

	Admission admit(TimerRun run, Overlap overlap) {
		if (this.running.isEmpty() || (overlap == Overlap.CONCURRENT && this.running.size() < MOST_AT_ONCE)) {
			this.running.add(run);
			return Admission.BEGINS;
		}
		if (overlap == Overlap.QUEUE && this.waiting.size() < MOST_WAITING) {
			this.waiting.add(run);
			return Admission.WAITS;
		}
		return Admission.SKIPPED;
	}

	/** Takes note of a run that is over, and gives the one whose turn it is now. */
	@Nullable TimerRun ended(TimerRun run) {
		this.running.remove(run);
		TimerRun next = this.running.isEmpty() ? this.waiting.poll() : null;
		if (next != null) {
			this.running.add(next);
		}
		return next;
	}

	/** Forgets what waits, and says how many they were. */
	int clear() {
		int dropped = this.waiting.size();
		this.waiting.clear();
		return dropped;
	}

	boolean idle() {
		return this.running.isEmpty() && this.waiting.isEmpty();
	}

	List<TimerRun> running() {
		return List.copyOf(this.running);
	}

	/** Those that are under way and for which a stop waits. */
	List<TimerRun> awaited() {
		return this.running.stream().filter(TimerRun::awaited).toList();
	}

	/** What becomes of a run. */
	enum Admission {

		BEGINS, WAITS, SKIPPED

	}

}
