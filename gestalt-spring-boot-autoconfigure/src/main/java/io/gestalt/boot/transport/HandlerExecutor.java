package io.gestalt.boot.transport;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.springframework.boot.task.SimpleAsyncTaskExecutorBuilder;
import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * Runs handlers on threads like those of the executor that Boot defines, but not on that
 * executor: Spring refuses it tasks as soon as a context closes, before endpoints had the
 * time to handle what they have accepted, and waits for what is stuck in it. Not an
 * {@link Executor} itself, which applications would find where they look for theirs.
 */
public final class HandlerExecutor implements AutoCloseable {

	private static final int OVERFLOW_THREADS = 64;

	private final Executor threads;

	private final Runnable stop;

	private final Supplier<HandlerExecutor> unqueued;

	private final ExecutorService overflow = overflow();

	private HandlerExecutor(Executor threads, Runnable stop, Supplier<HandlerExecutor> unqueued) {
		this.threads = threads;
		this.stop = stop;
		this.unqueued = unqueued;
	}

	public static HandlerExecutor of(ThreadPoolTaskExecutorBuilder builder) {
		ThreadPoolTaskExecutor pool = builder.awaitTermination(false).awaitTerminationPeriod(Duration.ZERO).build();
		pool.setDaemon(true);
		pool.initialize();
		return new HandlerExecutor(pool, pool::shutdown,
				() -> of(builder.corePoolSize(0).maxPoolSize(Integer.MAX_VALUE).queueCapacity(0)));
	}

	static HandlerExecutor of(SimpleAsyncTaskExecutorBuilder builder) {
		SimpleAsyncTaskExecutor threads = builder.taskTerminationTimeout(Duration.ZERO).build();
		// the caller reads the network, and must not wait for a thread
		threads.setRejectTasksWhenLimitReached(true);
		return new HandlerExecutor(threads, threads::close, () -> of(builder));
	}

	/** Uses an executor that the application looks after itself. */
	static HandlerExecutor of(Executor application) {
		return new HandlerExecutor(application, () -> {
		}, () -> of(application));
	}

	private static ExecutorService overflow() {
		AtomicInteger number = new AtomicInteger();
		ThreadPoolExecutor pool = new ThreadPoolExecutor(OVERFLOW_THREADS, OVERFLOW_THREADS, 1, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), (task) -> {
					Thread thread = new Thread(task, "gestalt-worker-" + number.incrementAndGet());
					thread.setDaemon(true);
					return thread;
				});
		pool.allowCoreThreadTimeOut(true);
		return pool;
	}

	/**
	 * Threads of the same kind, but for other tasks, of which none waits for another. Of
	 * an executor that the application looks after, its own.
	 */
	public HandlerExecutor unqueued() {
		return this.unqueued.get();
	}

	/** Runs a task, if need be on more threads than the application has allowed. */
	public void execute(Runnable task) {
		try {
			this.threads.execute(task);
		}
		catch (RejectedExecutionException ex) {
			this.overflow.execute(task);
		}
	}

	/** Interrupts what still runs, and waits for nothing. */
	@Override
	public void close() {
		this.stop.run();
		this.overflow.shutdownNow();
	}

}
