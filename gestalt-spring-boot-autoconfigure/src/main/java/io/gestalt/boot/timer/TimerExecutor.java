package io.gestalt.boot.timer;

import io.gestalt.boot.transport.HandlerExecutor;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;

/**
 * Runs timers on threads like those of the handlers of endpoints, but on others, so that
 * neither waits for the other, nor a timer for a timer.
 *
 * @param threads the threads
 */
record TimerExecutor(HandlerExecutor threads) implements AutoCloseable {

	static TimerExecutor like(@Nullable HandlerExecutor handlers) {
		HandlerExecutor similar = (handlers != null) ? handlers
				: HandlerExecutor.of(new ThreadPoolTaskExecutorBuilder().threadNamePrefix("gestalt-timer-"));
		return new TimerExecutor(similar.unqueued());
	}

	void execute(Runnable task) {
		this.threads.execute(task);
	}

	@Override
	public void close() {
		this.threads.close();
	}

}
