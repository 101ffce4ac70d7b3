package io.gestalt.boot.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * Cuts a start short when the JVM is told to end meanwhile. Spring closes an application
 * that still starts only when it has started, and until then endpoints may wait for
 * others that do not answer.
 */
final class EarlyEnd implements AutoCloseable {

	private final Thread hook = new Thread(this::end, "gestalt-early-end");

	private volatile boolean requested;

	private @Nullable Thread starting = Thread.currentThread();

	EarlyEnd() {
		try {
			Runtime.getRuntime().addShutdownHook(this.hook);
		}
		catch (IllegalStateException ex) {
			this.requested = true;
		}
	}

	private synchronized void end() {
		this.requested = true;
		if (this.starting != null) {
			this.starting.interrupt();
		}
	}

	/** Whether the JVM is about to end. */
	boolean requested() {
		return this.requested;
	}

	@Override
	public void close() {
		synchronized (this) {
			this.starting = null;
		}
		try {
			Runtime.getRuntime().removeShutdownHook(this.hook);
		}
		catch (IllegalStateException ex) {
			// it ends, and so does the hook
		}
	}

}
