package io.gestalt.endpoint;

import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs failures that a peer, or a timer, can provoke: the first ten in ten seconds as
 * warnings, the others for debugging only, so that nobody can fill the disk from afar.
 * All of them are counted by the endpoint.
 */
public final class FailureLog {

	private static final long WINDOW = TimeUnit.SECONDS.toNanos(10);

	private static final int LIMIT = 10;

	private final Logger logger;

	private long start = System.nanoTime();

	private long logged;

	public FailureLog() {
		this(Endpoint.class);
	}

	/** Logs what fails of some kind of thing. */
	public FailureLog(Class<?> subject) {
		this.logger = LoggerFactory.getLogger(subject);
	}

	/** Logs a message with its arguments, the last of which may be the cause. */
	public void warn(String message, Object... arguments) {
		if (permits()) {
			this.logger.warn(message, arguments);
		}
		else {
			this.logger.debug(message, arguments);
		}
	}

	/** Logs what is worse than a warning. */
	public void error(String message, Object... arguments) {
		if (permits()) {
			this.logger.error(message, arguments);
		}
		else {
			this.logger.debug(message, arguments);
		}
	}

	private boolean permits() {
		long suppressed;
		boolean permitted;
		synchronized (this) {
			suppressed = 0;
			if (System.nanoTime() - this.start > WINDOW) {
				this.start = System.nanoTime();
				suppressed = Math.max(0, this.logged - LIMIT);
				this.logged = 0;
			}
			permitted = ++this.logged <= LIMIT;
		}
		if (suppressed > 0) {
			this.logger.warn("{} more failures of this kind were not logged", suppressed);
		}
		return permitted;
	}

}
