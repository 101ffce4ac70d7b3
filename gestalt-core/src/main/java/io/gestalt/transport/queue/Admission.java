package io.gestalt.transport.queue;

import java.util.ArrayList;
import java.util.List;

import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.gestalt.message.SendException;
import org.jspecify.annotations.Nullable;

/** Decides which frames a queue takes; used under its lock. */
final class Admission {

	static final String DROPPED = "Message was dropped because the queue is full";

	private final QueueLimits limits;

	private final Counters counters;

	private final OutboundShare share;

	private @Nullable String closed;

	Admission(QueueLimits limits, Counters counters, OutboundShare share) {
		this.limits = limits;
		this.counters = counters;
		this.share = share;
	}

	/** Takes nothing more; the first reason counts. */
	void close(String why) {
		this.closed = (this.closed != null) ? this.closed : why;
	}

	boolean closed() {
		return this.closed != null;
	}

	/** Whether there is room for a frame, which must be added then. */
	boolean hasRoom(OutboundEntries entries, int size) {
		if (this.closed != null) {
			throw refused(this.closed);
		}
		return isAllowed(entries, size) && entries.reserve(size);
	}

	/** Whether the queue's own limits allow a frame. */
	boolean isAllowed(OutboundEntries entries, int size) {
		return this.limits.allow(entries.count(), entries.bytes(), size);
	}

	/** Drops frames until there is room, if need be all; returns their tickets. */
	List<Ticket> dropOldest(OutboundEntries entries, int size) {
		List<Ticket> dropped = new ArrayList<>();
		while (entries.count() > 0 && !hasRoom(entries, size)) {
			this.counters.increment(Counter.DROPPED_OLDEST);
			Ticket ticket = entries.drop();
			if (ticket != null) {
				dropped.add(ticket);
			}
		}
		return dropped;
	}

	SendException full(OutboundEntries entries, int size, String detail) {
		String limit = isAllowed(entries, size) ? ", as " + this.share
				: " (limits are %d messages and %d bytes)".formatted(this.limits.capacity(), this.limits.maxSize());
		return refused("Queue is full at %d messages and %d bytes".formatted(entries.count(), entries.bytes()) + limit
				+ detail);
	}

	SendException refused(String why) {
		this.counters.increment(Counter.REFUSED);
		return new SendException(Counter.REFUSED, why);
	}

	/**
	 * Tells those who lose; not under the lock, as it may run what anybody waits with.
	 */
	static void fail(List<Ticket> losers, Counter reason, String why) {
		for (Ticket loser : losers) {
			loser.failed(new SendException(reason, why));
		}
	}

}
