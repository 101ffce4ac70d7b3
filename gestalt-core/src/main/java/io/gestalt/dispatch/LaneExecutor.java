package io.gestalt.dispatch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

/**
 * Runs no more than so many tasks at the same time. Lanes submit themselves once, so that
 * no more tasks wait than there are peers.
 */
final class LaneExecutor {

	private final Executor delegate;

	private final Deque<LaneTask> waiting = new ArrayDeque<>();

	private volatile int limit;

	/** How many more tasks may run; negative after the limit was lowered. */
	private int permits;

	/** How many permits there are in all, those of the last limit that was none of 0. */
	private int total;

	/**
	 * Creates an executor.
	 * @param delegate runs the tasks
	 * @param limit how many of them at the same time, 0 for any number
	 */
	LaneExecutor(Executor delegate, int limit) {
		this.delegate = delegate;
		this.limit = limit;
		this.permits = limit;
		this.total = limit;
	}

	/** How many tasks may run at the same time, 0 for any number. */
	int limit() {
		return this.limit;
	}

	/** Changes the limit; what runs without one is not counted. */
	void limit(int newLimit) {
		int starts;
		synchronized (this.waiting) {
			if (newLimit > 0) {
				this.permits += newLimit - this.total;
				this.total = newLimit;
			}
			this.limit = newLimit;
			starts = (newLimit > 0) ? Math.min(this.permits, this.waiting.size()) : this.waiting.size();
			this.permits -= Math.max(0, starts);
		}
		for (int i = 0; i < starts; i++) {
			admit();
		}
	}

	void execute(LaneTask task) {
		if (this.limit == 0) {
			try {
				this.delegate.execute(task);
			}
			catch (RejectedExecutionException ex) {
				task.rejected(ex);
			}
			return;
		}
		synchronized (this.waiting) {
			this.waiting.add(task);
			if (this.permits <= 0 && this.limit > 0) {
				return;
			}
			this.permits--;
		}
		admit();
	}

	/** Uses a permit for what waits longest, or gives it back. */
	private void admit() {
		for (LaneTask task = next(); task != null; task = next()) {
			LaneTask first = task;
			try {
				this.delegate.execute(() -> run(first));
				return;
			}
			catch (RejectedExecutionException ex) {
				first.rejected(ex);
			}
		}
	}

	private @Nullable LaneTask next() {
		synchronized (this.waiting) {
			LaneTask task = (this.permits >= 0 || this.limit == 0) ? this.waiting.poll() : null;
			if (task == null) {
				this.permits++;
			}
			return task;
		}
	}

	private void run(LaneTask first) {
		LaneTask task = first;
		while (task != null) {
			try {
				task.run();
			}
			finally {
				task = handOver();
			}
		}
	}

	/** Gives the permit to the next task, and returns it if the delegate rejects it. */
	private @Nullable LaneTask handOver() {
		LaneTask next = next();
		if (next == null) {
			return null;
		}
		try {
			this.delegate.execute(() -> run(next));
			return null;
		}
		catch (RejectedExecutionException ex) {
			return next;
		}
	}

}
