package io.gestalt.boot.endpoint;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs handlers on the application's executor. Spring shuts that down as soon as a
 * context closes, before endpoints had the time to handle what they have accepted; so
 * what it refuses runs on threads of our own. Not an {@link Executor} itself, which
 * applications would find where they look for theirs.
 */
final class HandlerExecutor implements AutoCloseable {

	private static final int THREADS = 64;

	private final Executor application;

	private final ExecutorService own;

	HandlerExecutor(Executor application) {
		this.application = application;
		AtomicInteger number = new AtomicInteger();
		ThreadPoolExecutor pool = new ThreadPoolExecutor(THREADS, THREADS, 1, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), (task) -> {
					Thread thread = new Thread(task, "gestalt-worker-" + number.incrementAndGet());
					thread.setDaemon(true);
					return thread;
				});
		pool.allowCoreThreadTimeOut(true);
		this.own = pool;
	}

	void execute(Runnable task) {
		try {
			this.application.execute(task);
		}
		catch (RejectedExecutionException ex) {
			this.own.execute(task);
		}
	}

	@Override
	public void close() {
		this.own.shutdown();
	}

}
