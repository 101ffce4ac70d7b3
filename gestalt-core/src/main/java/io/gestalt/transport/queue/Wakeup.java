package io.gestalt.transport.queue;

import org.jspecify.annotations.Nullable;

/**
 * Who is told that frames wait, once until all of them are taken. Used under the lock of
 * the queue; to run what is returned is up to the caller, without the lock.
 */
final class Wakeup {

	private @Nullable Runnable target;

	private boolean pending;

	/** Tells somebody else from now on. */
	@Nullable Runnable attach(Runnable wake, boolean waiting) {
		this.target = wake;
		this.pending = waiting;
		return waiting ? wake : null;
	}

	void detach(Runnable wake) {
		if (this.target == wake) {
			this.target = null;
			this.pending = false;
		}
	}

	/** Frames wait: who is to be told that does not know it yet. */
	@Nullable Runnable due() {
		Runnable due = this.pending ? null : this.target;
		this.pending = true;
		return due;
	}

	/** Spares a wake-up, because whoever takes frames will look for them anyway. */
	void spare() {
		this.pending = true;
	}

	/** All frames are taken. */
	void reset() {
		this.pending = false;
	}

	static void run(@Nullable Runnable wake) {
		if (wake != null) {
			wake.run();
		}
	}

}
