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

	private final boolean limited;

	private int permits;

	/**
	 * Creates an executor.
	 * @param delegate runs the tasks
	 * @param limit how many of them at the same time, 0 for any number
	 */
	LaneExecutor(Executor delegate, int limit) {
		this.delegate = delegate;
		this.limited = limit > 0;
		this.permits = limit;
	}

	void execute(LaneTask task) {
		if (!this.limited) {
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
			if (this.permits == 0) {
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
			LaneTask task = this.waiting.poll();
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
