package io.gestalt.amqp.publish;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import io.gestalt.amqp.connection.ReadingThread;

/** Where senders wait while nothing can be sent. */
final class SendGate {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	/** Something has changed, and senders look again. */
	void signal() {
		this.lock.lock();
		try {
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Waits for a change for the better, unless it is asked for by what changes it. */
	void await(BooleanSupplier better, long deadline) {
		if (ReadingThread.isCurrent()) {
			return;
		}
		this.lock.lock();
		try {
			long left = deadline - System.nanoTime();
			while (left > 0 && !better.getAsBoolean()) {
				left = this.changed.awaitNanos(left);
			}
		}
		catch (InterruptedException ex) {
			throw Publication.interrupted(ex);
		}
		finally {
			this.lock.unlock();
		}
	}

}
