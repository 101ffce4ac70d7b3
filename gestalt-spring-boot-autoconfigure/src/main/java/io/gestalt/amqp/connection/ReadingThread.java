package io.gestalt.amqp.connection;

import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * The thread that reads a connection, while it tells others what it has read. They must
 * not wait for what only this thread can read.
 */
public final class ReadingThread {

	private static final ThreadLocal<@Nullable Boolean> TELLING = new ThreadLocal<>();

	private ReadingThread() {
	}

	/** Tells others, on the thread that reads. */
	public static void tell(Runnable news) {
		if (isCurrent()) {
			news.run();
			return;
		}
		TELLING.set(Boolean.TRUE);
		try {
			news.run();
		}
		finally {
			TELLING.remove();
		}
	}

	/** Whether the present thread must not wait. */
	public static boolean isCurrent() {
		return TELLING.get() != null;
	}

	/** Runs tasks at once, but for those of the thread that reads. */
	public static Executor relievedBy(Executor worker) {
		return (task) -> {
			if (isCurrent()) {
				worker.execute(task);
			}
			else {
				task.run();
			}
		};
	}

}
