package io.gestalt.amqp.consume;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import com.rabbitmq.client.Channel;
import io.gestalt.amqp.consume.AmqpDelivery.Fate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages of one channel that were handed out, to be settled in any order. Many are
 * acknowledged with one frame: when enough are settled, nothing else is to be done, or
 * after a moment. One thread at a time writes, and nobody waits for it: a broker that
 * does not read holds up only who writes.
 */
final class AckLedger {

	private static final Logger logger = LoggerFactory.getLogger(AckLedger.class);

	private static final long MOMENT_MILLIS = 5;

	private static final int MOST = 100;

	private final Channel channel;

	private final ScheduledExecutorService flusher;

	private final int enough;

	/** Held by who writes, and never acquired while holding the monitor. */
	private final ReentrantLock writing = new ReentrantLock();

	private final OpenDeliveries open = new OpenDeliveries();

	private int unsettled;

	private int givenBack;

	private boolean idle;

	private boolean due;

	/** Whether something is to be written now. */
	private boolean wanted;

	private boolean closed;

	/**
	 * Opens a ledger.
	 * @param channel where it acknowledges
	 * @param flusher writes what waits for a moment, and may be blocked by it
	 * @param prefetch how many messages may be unsettled
	 */
	AckLedger(Channel channel, ScheduledExecutorService flusher, int prefetch) {
		this.channel = channel;
		this.flusher = flusher;
		this.enough = Math.max(1, Math.min(MOST, prefetch / 3));
	}

	Channel channel() {
		return this.channel;
	}

	synchronized int unsettled() {
		return this.unsettled;
	}

	synchronized void handOut(AmqpDelivery delivery) {
		this.open.add(delivery);
		this.unsettled++;
	}

	boolean ack(AmqpDelivery delivery) {
		synchronized (this) {
			if (this.closed || !delivery.decide(Fate.ACCEPTED)) {
				return false;
			}
			this.open.accepted();
			settled();
			if (this.open.count() < this.enough && !(this.idle && this.unsettled == 0)) {
				flushLater();
				return true;
			}
			this.wanted = true;
		}
		flush();
		return true;
	}

	boolean reject(AmqpDelivery delivery, boolean requeue) {
		synchronized (this) {
			if (this.closed || !delivery.decide(Fate.REJECTED)) {
				return false;
			}
			this.open.rejected(delivery, requeue);
			settled();
			this.wanted = true;
		}
		flush();
		return true;
	}

	/** Rejects it later; meanwhile nobody waits for it. */
	synchronized boolean postpone(AmqpDelivery delivery, Duration pause) {
		if (this.closed || !delivery.decide(Fate.POSTPONED)) {
			return false;
		}
		this.unsettled--;
		notifyAll();
		try {
			this.flusher.schedule(() -> requeue(delivery), pause.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Delivery {} goes back when its channel closes", delivery.tag(), ex);
		}
		return true;
	}

	private void requeue(AmqpDelivery delivery) {
		synchronized (this) {
			this.open.requeued(delivery);
			this.wanted = true;
		}
		flush();
	}

	synchronized void giveBack(AmqpDelivery delivery) {
		if (delivery.decide(Fate.GIVEN_BACK)) {
			this.unsettled--;
			this.givenBack++;
			notifyAll();
		}
	}

	/** Whether nothing can be said of a message any more. */
	synchronized boolean isSettled(AmqpDelivery delivery) {
		return this.closed || delivery.fate() != Fate.OPEN;
	}

	private void settled() {
		this.unsettled--;
		notifyAll();
	}

	/** Says whether the consumer has nothing to do, so that nothing is to wait for. */
	void idle(boolean nothingToDo) {
		synchronized (this) {
			this.idle = nothingToDo;
			this.wanted |= nothingToDo && this.open.count() > 0;
		}
		flush();
	}

	private void flushLater() {
		if (this.due) {
			return;
		}
		this.due = true;
		try {
			this.flusher.schedule(this::flushDue, MOMENT_MILLIS, TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("The consumption has stopped, and acknowledges when its channel closes", ex);
		}
	}

	private void flushDue() {
		synchronized (this) {
			this.due = false;
			this.wanted |= this.open.count() > 0;
		}
		flush();
	}

	/** Writes, unless somebody does, who goes on with what has come meanwhile. */
	private void flush() {
		while (isWanted() && this.writing.tryLock()) {
			try {
				collect().write(this.channel);
			}
			finally {
				this.writing.unlock();
			}
		}
	}

	private synchronized boolean isWanted() {
		return this.wanted && !this.closed;
	}

	/** What is to be written, by whoever holds the lock for it. */
	private synchronized AckFrames collect() {
		this.wanted = false;
		return this.open.collect();
	}

	/** Waits until everything is settled that was handed out. */
	synchronized boolean awaitSettled(long deadline) throws InterruptedException {
		while (this.unsettled > 0 && !this.closed) {
			long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
			if (millis <= 0) {
				return false;
			}
			wait(millis);
		}
		return true;
	}

	/**
	 * Acknowledges what is settled, and nothing from then on.
	 * @param patience how long a broker may take to read what is written meanwhile
	 * @return how many messages were handed out and go back to the queue
	 */
	int close(Duration patience) {
		boolean writes = acquire(patience);
		try {
			AckFrames frames;
			synchronized (this) {
				frames = (writes && !this.closed) ? collect() : null;
				this.closed = true;
				notifyAll();
			}
			if (frames != null) {
				frames.write(this.channel);
			}
		}
		finally {
			if (writes) {
				this.writing.unlock();
			}
		}
		synchronized (this) {
			return this.unsettled + this.givenBack;
		}
	}

	private boolean acquire(Duration patience) {
		try {
			return this.writing.tryLock() || this.writing.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/** The last message before which all are settled, {@code null} if there is none. */
	synchronized @Nullable AmqpDelivery last() {
		return this.open.last();
	}

}
