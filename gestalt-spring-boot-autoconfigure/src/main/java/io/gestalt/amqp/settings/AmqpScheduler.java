package io.gestalt.amqp.settings;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;

import com.rabbitmq.client.ShutdownSignalException;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.AmqpException;

/** One thread for what is due later, and that tells of tasks which have failed. */
public final class AmqpScheduler extends ScheduledThreadPoolExecutor {

	private final Consumer<Throwable> uncaught;

	/**
	 * Creates a scheduler.
	 * @param name of its thread
	 * @param uncaught is told of what tasks throw, but for what the end of a connection
	 * explains
	 */
	public AmqpScheduler(String name, Consumer<Throwable> uncaught) {
		super(1, (task) -> {
			Thread thread = new Thread(task, name);
			thread.setDaemon(true);
			return thread;
		});
		this.uncaught = uncaught;
	}

	@Override
	protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
		if (task instanceof Future<?> future && future.isDone() && !future.isCancelled()) {
			try {
				future.get();
			}
			catch (ExecutionException ex) {
				report((ex.getCause() != null) ? ex.getCause() : ex);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private void report(Throwable failure) {
		boolean expected = failure instanceof ShutdownSignalException || failure instanceof AmqpException
				|| failure instanceof RejectedExecutionException;
		if (!expected) {
			this.uncaught.accept(failure);
		}
	}

}
