package io.gestalt.transport.queue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.gestalt.message.SendException;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Framed messages on their way to one peer, bounded in number and bytes. Frames are
 * copied one behind another, so that many small ones cost one write. The queue outlives a
 * connection: what was not yet handed to one goes to the next.
 */
public final class OutboundQueue {

	/** How long to wait for memory that another queue may have given back meanwhile. */
	private static final long RECHECK = TimeUnit.MILLISECONDS.toNanos(5);

	/** So much is worth a write of its own. */
	private static final int HELD_BYTES = 32 * 1024;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition room = this.lock.newCondition();

	private final QueueLimits limits;

	private final Counters counters;

	private final OutboundShare share;

	private final Admission admission;

	private final Congestion congestion;

	private final Wakeup wakeup = new Wakeup(this.lock);

	private OutboundEntries entries;

	private int waiting;

	/** A queue with all the memory that its limits allow. */
	public OutboundQueue(QueueLimits limits, Counters counters) {
		this(limits, counters, new OutboundBudget(Long.MAX_VALUE));
	}

	public OutboundQueue(QueueLimits limits, Counters counters, OutboundBudget budget) {
		this.limits = limits;
		this.counters = counters;
		this.share = new OutboundShare(budget);
		this.admission = new Admission(limits, counters, this.share);
		this.congestion = new Congestion(limits);
		this.entries = new OutboundEntries(this.share);
	}

	/**
	 * Appends a frame.
	 * @param frame the bytes, which are copied
	 * @param ticket follows the frame, {@code null} if nobody cares
	 * @param mayBlock whether the caller may wait for room
	 * @throws SendException if the frame is refused; its ticket is not told
	 */
	public void offer(ByteBuf frame, @Nullable Ticket ticket, boolean mayBlock) {
		List<Ticket> losers = List.of();
		Runnable toWake = null;
		boolean taken;
		this.lock.lock();
		try {
			this.counters.increment(Counter.OFFERED);
			int size = frame.readableBytes();
			taken = hasRoom(size);
			if (!taken) {
				losers = makeRoom(size, mayBlock);
				taken = this.limits.onFull() != OnFull.DROP_NEWEST && hasRoom(size);
			}
			if (taken) {
				this.entries.add(frame, ticket);
				this.congestion.update(this.entries, this.share);
				toWake = this.wakeup.due(this.entries.bytes() > HELD_BYTES);
			}
			else {
				this.counters.increment(Counter.DROPPED_NEWEST);
			}
		}
		finally {
			this.lock.unlock();
		}
		Admission.fail(losers, Counter.DROPPED_OLDEST, Admission.DROPPED);
		if (!taken && ticket != null) {
			Admission.fail(List.of(ticket), Counter.DROPPED_NEWEST, Admission.DROPPED);
		}
		Wakeup.run(toWake);
	}

	private boolean hasRoom(int size) {
		return this.admission.hasRoom(this.entries, size);
	}

	/** Makes room as the word says, if it can, and returns who loses by it. */
	private List<Ticket> makeRoom(int size, boolean mayBlock) {
		switch (this.limits.onFull()) {
			case FAIL -> throw this.admission.full(this.entries, size, "");
			case BLOCK -> {
				if (!mayBlock) {
					throw this.admission.full(this.entries, size, ", and an event loop must not wait for room");
				}
				awaitRoom(size);
			}
			case DROP_OLDEST -> {
				return this.admission.dropOldest(this.entries, size);
			}
			case DROP_NEWEST -> {
			}
		}
		return List.of();
	}

	private void awaitRoom(int size) {
		long end = System.nanoTime() + this.limits.sendTimeout().toNanos();
		this.waiting++;
		Wakeup.run(this.wakeup.overdue());
		try {
			while (!hasRoom(size)) {
				long left = end - System.nanoTime();
				if (left <= 0) {
					throw this.admission.full(this.entries, size,
							" for longer than the send timeout of %s".formatted(this.limits.sendTimeout()));
				}
				boolean shared = this.admission.isAllowed(this.entries, size);
				this.room.awaitNanos(shared ? Math.min(left, RECHECK) : left);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw this.admission.refused("Sender was interrupted while it waited for room");
		}
		finally {
			this.waiting--;
		}
	}

	/** Names who is told, once until the next {@link #poll} in vain, that frames wait. */
	public void attach(Runnable wake) {
		Runnable toWake;
		this.lock.lock();
		try {
			toWake = this.wakeup.attach(wake, this.entries.count() > 0);
		}
		finally {
			this.lock.unlock();
		}
		Wakeup.run(toWake);
	}

	/** Tells nobody any more. */
	public void detach(Runnable wake) {
		this.lock.lock();
		try {
			this.wakeup.detach(wake);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Who is told that frames wait, and when. */
	public Wakeup wakeup() {
		return this.wakeup;
	}

	/**
	 * Takes the oldest frames, {@code null} and ready to wake again if there are none.
	 */
	public @Nullable OutboundBatch poll() {
		OutboundBatch batch;
		List<Ticket> abandoned;
		this.lock.lock();
		try {
			batch = this.entries.take(this.counters);
			abandoned = this.entries.takeAbandoned();
			this.congestion.update(this.entries, this.share);
			if (batch == null) {
				this.wakeup.reset();
			}
			else if (this.waiting > 0) {
				this.room.signalAll();
			}
		}
		finally {
			this.lock.unlock();
		}
		Admission.fail(abandoned, Counter.DROPPED_LOST, "Message was dropped because nobody waits for it any more");
		return batch;
	}

	/** Gives what waits here to another queue, behind what waits there. */
	public void moveTo(OutboundQueue other) {
		OutboundEntries moving = takeAll(null);
		Runnable toWake = null;
		other.lock.lock();
		try {
			if (!other.admission.closed()) {
				moving.moveTo(other.entries, other.limits);
			}
			other.congestion.update(other.entries, other.share);
			toWake = (other.entries.count() > 0) ? other.wakeup.due(true) : null;
		}
		finally {
			other.lock.unlock();
		}
		Wakeup.run(toWake);
		lose(moving, "Message was dropped because no connection has room for it");
	}

	private OutboundEntries takeAll(@Nullable String toClose) {
		this.lock.lock();
		try {
			OutboundEntries all = this.entries;
			this.entries = new OutboundEntries(this.share);
			if (toClose != null) {
				this.admission.close(toClose);
			}
			this.congestion.update(this.entries, this.share);
			this.room.signalAll();
			return all;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Whether so much waits that no more should be produced for this peer. */
	public boolean congested() {
		return this.congestion.congested();
	}

	/** Whether the queue has ceased to be congested since this was last asked. */
	public boolean takeRelief() {
		if (this.congestion.congested()) {
			lookAgain();
		}
		return this.congestion.takeRelief();
	}

	private void lookAgain() {
		this.lock.lock();
		try {
			this.share.look();
			this.congestion.update(this.entries, this.share);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** How many messages wait. */
	public int count() {
		this.lock.lock();
		try {
			return this.entries.count();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** How many bytes wait. */
	public long bytes() {
		this.lock.lock();
		try {
			return this.entries.bytes();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Drops what waits and refuses what comes. */
	public void close(String why) {
		lose(takeAll(why), why);
	}

	private void lose(OutboundEntries lost, String why) {
		for (OutboundBatch batch = lost.take(this.counters); batch != null; batch = lost.take(this.counters)) {
			batch.lose(why);
			Admission.fail(lost.takeAbandoned(), Counter.DROPPED_LOST, why);
		}
		lookAgain();
	}

}
