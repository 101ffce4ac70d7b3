package io.gestalt.transport.queue;

import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * Who is told that frames wait, once until all of them are taken. Who is about to add
 * many frames may hold the news back, if the connection has promised to look by itself
 * now and then. To run what is returned is up to the caller, without the lock.
 */
public final class Wakeup {

	private final ReentrantLock lock;

	private @Nullable Runnable target;

	private boolean pending;

	private boolean missed;

	private boolean watched;

	private boolean held;

	Wakeup(ReentrantLock lock) {
		this.lock = lock;
	}

	/** Tells somebody else from now on. */
	@Nullable Runnable attach(Runnable wake, boolean waiting) {
		this.target = wake;
		this.pending = waiting;
		this.missed = false;
		this.watched = false;
		this.held = false;
		return waiting ? wake : null;
	}

	void detach(Runnable wake) {
		if (this.target == wake) {
			this.target = null;
			this.pending = false;
		}
	}

	/** Frames wait: who is to be told that does not know it yet. */
	@Nullable Runnable due(boolean urgent) {
		if (this.held && !urgent) {
			this.missed = true;
			return null;
		}
		this.missed = false;
		Runnable due = this.pending ? null : this.target;
		this.pending = true;
		return due;
	}

	/** Who is to be told now what was held back. */
	@Nullable Runnable overdue() {
		return this.missed ? due(true) : null;
	}

	/** All frames are taken. */
	void reset() {
		this.pending = false;
		this.missed = false;
	}

	/** Spares a wake-up, because whoever takes frames will look for them anyway. */
	public void spare() {
		this.lock.lock();
		try {
			this.pending = true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The connection promises to look for frames now and then.
	 * @return whether it had not promised before
	 */
	public boolean watch() {
		this.lock.lock();
		try {
			boolean before = this.watched;
			this.watched = true;
			return !before;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The connection is about to look for frames.
	 * @param last whether it does not want to look again: nothing is held back any longer
	 * @return whether it must look again; if not, its promise is over
	 */
	public boolean watching(boolean last) {
		this.lock.lock();
		try {
			this.held = this.held && !last;
			this.watched = this.held;
			return this.held;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Many frames follow each other: tells nobody, if the connection is looking. */
	public void hold() {
		this.lock.lock();
		try {
			this.held = this.watched;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** That was all: tells what was held back. */
	public void release() {
		Runnable toWake;
		this.lock.lock();
		try {
			this.held = false;
			toWake = overdue();
		}
		finally {
			this.lock.unlock();
		}
		run(toWake);
	}

	static void run(@Nullable Runnable wake) {
		if (wake != null) {
			wake.run();
		}
	}

}
