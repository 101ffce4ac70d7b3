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
final class LimitedExecutor implements Executor {

	private final Executor delegate;

	private final Deque<Runnable> waiting = new ArrayDeque<>();

	private int permits;

	LimitedExecutor(Executor delegate, int limit) {
		this.delegate = delegate;
		this.permits = limit;
	}

	@Override
	public void execute(Runnable task) {
		Runnable first;
		synchronized (this.waiting) {
			this.waiting.add(task);
			if (this.permits == 0) {
				return;
			}
			this.permits--;
			first = this.waiting.remove();
		}
		try {
			this.delegate.execute(() -> run(first));
		}
		catch (RejectedExecutionException ex) {
			takeBack(first);
			if (withdraw(task)) {
				throw ex;
			}
		}
	}

	private void takeBack(Runnable first) {
		synchronized (this.waiting) {
			this.permits++;
			this.waiting.addFirst(first);
		}
	}

	private boolean withdraw(Runnable task) {
		synchronized (this.waiting) {
			return this.waiting.remove(task);
		}
	}

	private void run(Runnable first) {
		Runnable task = first;
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
	private @Nullable Runnable handOver() {
		Runnable next;
		synchronized (this.waiting) {
			next = this.waiting.poll();
			if (next == null) {
				this.permits++;
				return null;
			}
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
