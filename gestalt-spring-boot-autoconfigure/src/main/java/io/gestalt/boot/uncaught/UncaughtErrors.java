package io.gestalt.boot.uncaught;

import java.util.concurrent.atomic.AtomicLong;

import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.endpoint.EndpointObserver;
import io.gestalt.endpoint.FailureLog;
import io.gestalt.timer.TimerEvent;
import io.gestalt.timer.TimerObserver;

/**
 * Counts errors that nobody has handled: those of handlers and timers that are no
 * exceptions, and whatever ends a task of Gestalt's own.
 */
public final class UncaughtErrors implements EndpointObserver, TimerObserver {

	private final FailureLog log = new FailureLog(Endpoint.class);

	private final AtomicLong count = new AtomicLong();

	private final Runnable consequence;

	/**
	 * Creates a count.
	 * @param consequence what an error leads to, beside being counted and logged
	 */
	UncaughtErrors(Runnable consequence) {
		this.consequence = consequence;
	}

	/** How many there were. */
	public long count() {
		return this.count.get();
	}

	/** Takes note of an error that has not been logged yet. */
	public void report(Throwable error) {
		this.log.error("Thread '{}' met an error that nobody handles", Thread.currentThread().getName(), error);
		follow();
	}

	/** A task whose errors are reported. */
	public Runnable watched(Runnable task) {
		return () -> {
			try {
				task.run();
			}
			catch (RuntimeException | Error ex) {
				report(ex);
			}
		};
	}

	@Override
	public void onEvent(EndpointEvent event) {
		if (event instanceof EndpointEvent.Uncaught) {
			follow();
		}
	}

	@Override
	public void onEvent(TimerEvent event) {
		if (event instanceof TimerEvent.RunEnded run && run.error() instanceof Error) {
			follow();
		}
	}

	private void follow() {
		this.count.incrementAndGet();
		this.consequence.run();
	}

}
