package io.gestalt.transport;

import java.util.ArrayList;
import java.util.List;
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

	private static final int CONGESTED_BYTES = 256 * 1024;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition room = this.lock.newCondition();

	private final OutboundEntries entries = new OutboundEntries();

	private final QueueLimits limits;

	private final Counters counters;

	private final long congestedBytes;

	private final int congestedCount;

	private int waiting;

	private boolean wakePending;

	private @Nullable Runnable wake;

	private @Nullable String closed;

	private volatile boolean congested;

	private volatile boolean relieved;

	public OutboundQueue(QueueLimits limits, Counters counters) {
		this.limits = limits;
		this.counters = counters;
		this.congestedBytes = Math.min(CONGESTED_BYTES, limits.maxSize() / 2);
		this.congestedCount = Math.max(1, limits.capacity() / 2);
	}

	/**
	 * Appends a frame.
	 * @param frame the bytes, which are copied
	 * @param ticket follows the frame, {@code null} if nobody cares
	 * @param mayBlock whether the caller may wait for room
	 * @throws SendException if the frame is refused; its ticket is not told
	 */
	public void offer(ByteBuf frame, @Nullable Ticket ticket, boolean mayBlock) {
		List<Ticket> dropped = List.of();
		Runnable toWake = null;
		this.lock.lock();
		try {
			this.counters.increment(Counter.OFFERED);
			int size = frame.readableBytes();
			if (isFull(size)) {
				dropped = makeRoom(size, mayBlock, ticket);
			}
			if (!isFull(size)) {
				this.entries.add(frame, ticket);
				updateCongested();
				toWake = this.wakePending ? null : this.wake;
				this.wakePending = true;
			}
		}
		finally {
			this.lock.unlock();
		}
		Counter reason = (this.limits.onFull() == OnFull.DROP_NEWEST) ? Counter.DROPPED_NEWEST : Counter.DROPPED_OLDEST;
		for (Ticket loser : dropped) {
			loser.failed(new SendException(reason, "Message was dropped because the queue is full"));
		}
		if (toWake != null) {
			toWake.run();
		}
	}

	private boolean isFull(int size) {
		if (this.closed != null) {
			throw refused(this.closed);
		}
		int count = this.entries.count();
		return count >= this.limits.capacity() || (count > 0 && this.entries.bytes() + size > this.limits.maxSize());
	}

	private List<Ticket> makeRoom(int size, boolean mayBlock, @Nullable Ticket ticket) {
		List<Ticket> dropped = new ArrayList<>();
		switch (this.limits.onFull()) {
			case DROP_NEWEST -> {
				this.counters.increment(Counter.DROPPED_NEWEST);
				collect(dropped, ticket);
			}
			case DROP_OLDEST -> {
				while (isFull(size)) {
					this.counters.increment(Counter.DROPPED_OLDEST);
					collect(dropped, this.entries.drop());
				}
			}
			case FAIL -> throw refused(full());
			case BLOCK -> {
				if (!mayBlock) {
					throw refused(full() + ", and an event loop must not wait for room");
				}
				awaitRoom(size);
			}
		}
		return dropped;
	}

	private static void collect(List<Ticket> tickets, @Nullable Ticket ticket) {
		if (ticket != null) {
			tickets.add(ticket);
		}
	}

	private void awaitRoom(int size) {
		long nanos = this.limits.sendTimeout().toNanos();
		this.waiting++;
		try {
			while (isFull(size)) {
				if (nanos <= 0) {
					throw refused(
							full() + " for longer than the send timeout of %s".formatted(this.limits.sendTimeout()));
				}
				nanos = this.room.awaitNanos(nanos);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw refused("Sender was interrupted while it waited for room");
		}
		finally {
			this.waiting--;
		}
	}

	private String full() {
		return "Queue is full at %d messages and %d bytes (limits are %d messages and %d bytes)"
			.formatted(this.entries.count(), this.entries.bytes(), this.limits.capacity(), this.limits.maxSize());
	}

	private SendException refused(String why) {
		this.counters.increment(Counter.REFUSED);
		return new SendException(Counter.REFUSED, why);
	}

	private void updateCongested() {
		boolean now = this.entries.bytes() > this.congestedBytes || this.entries.count() > this.congestedCount;
		if (now != this.congested) {
			this.relieved = !now;
			this.congested = now;
		}
	}

	/** Names who is told, once until the next {@link #poll} in vain, that frames wait. */
	void attach(Runnable wake) {
		boolean frames;
		this.lock.lock();
		try {
			this.wake = wake;
			frames = this.entries.count() > 0;
			this.wakePending = frames;
		}
		finally {
			this.lock.unlock();
		}
		if (frames) {
			wake.run();
		}
	}

	void detach(Runnable wake) {
		this.lock.lock();
		try {
			if (this.wake == wake) {
				this.wake = null;
				this.wakePending = false;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Spares waking the connection, because it will poll by itself soon. */
	void cork() {
		this.lock.lock();
		try {
			this.wakePending = true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes the oldest frames, {@code null} and ready to wake again if there are none.
	 */
	@Nullable OutboundBatch poll() {
		this.lock.lock();
		try {
			OutboundBatch batch = this.entries.take(this.counters);
			if (batch == null) {
				this.wakePending = false;
				return null;
			}
			updateCongested();
			if (this.waiting > 0) {
				this.room.signalAll();
			}
			return batch;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Gives what waits here to another queue, behind what waits there. */
	public void moveTo(OutboundQueue other) {
		OutboundEntries moving = new OutboundEntries();
		this.lock.lock();
		try {
			this.entries.moveTo(moving, this.limits);
			updateCongested();
			this.room.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		Runnable toWake;
		other.lock.lock();
		try {
			if (other.closed == null) {
				moving.moveTo(other.entries, other.limits);
			}
			other.updateCongested();
			toWake = (other.entries.count() > 0 && !other.wakePending) ? other.wake : null;
			other.wakePending = other.wakePending || toWake != null;
		}
		finally {
			other.lock.unlock();
		}
		if (toWake != null) {
			toWake.run();
		}
		lose(moving, "Message was dropped because no connection has room for it");
	}

	/** Whether so much waits that no more should be produced for this peer. */
	public boolean congested() {
		return this.congested;
	}

	/** Whether the queue has ceased to be congested since this was last asked. */
	boolean takeRelief() {
		boolean taken = this.relieved;
		if (taken) {
			this.relieved = false;
		}
		return taken;
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
		OutboundEntries lost = new OutboundEntries();
		this.lock.lock();
		try {
			this.closed = why;
			this.entries.moveTo(lost, this.limits);
			this.congested = false;
			this.room.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		lose(lost, why);
	}

	private void lose(OutboundEntries lost, String why) {
		for (OutboundBatch batch = lost.take(this.counters); batch != null; batch = lost.take(this.counters)) {
			batch.bytes().release();
			batch.lost(why, null);
		}
	}

}
