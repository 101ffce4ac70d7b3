package io.gestalt.dispatch;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Runs no more than so many tasks at the same time. Lanes submit themselves once, so that
 * no more tasks wait than there are peers.
 */
final class LimitedExecutor implements Executor {

	private final Executor delegate;

	private final Queue<Runnable> waiting = new ArrayDeque<>();

	private int permits;

	LimitedExecutor(Executor delegate, int limit) {
		this.delegate = delegate;
		this.permits = limit;
	}

	@Override
	public void execute(Runnable task) {
		synchronized (this.waiting) {
			if (this.permits == 0) {
				this.waiting.add(task);
				return;
			}
			this.permits--;
		}
		submit(task);
	}

	private void submit(Runnable task) {
		this.delegate.execute(() -> {
			try {
				task.run();
			}
			finally {
				release();
			}
		});
	}

	private void release() {
		Runnable next;
		synchronized (this.waiting) {
			next = this.waiting.poll();
			if (next == null) {
				this.permits++;
				return;
			}
		}
		submit(next);
	}

}
