package io.gestalt.transport.queue;

import org.jspecify.annotations.Nullable;

/** Sizes and tickets of frames, first in, first out. Not safe for use by many threads. */
final class FrameRing {

	private static final int INITIAL = 16;

	private static final int KEPT = 1024;

	private static final int ENTRY = 8;

	private final OutboundShare share;

	private int[] sizes = new int[INITIAL];

	private @Nullable Ticket[] tickets = new @Nullable Ticket[INITIAL];

	private int head;

	private int count;

	FrameRing(OutboundShare share) {
		this.share = share;
	}

	int count() {
		return this.count;
	}

	/** The size of the oldest. */
	int size() {
		return this.sizes[this.head];
	}

	/** The ticket of the oldest. */
	@Nullable Ticket ticket() {
		return this.tickets[this.head];
	}

	void add(int size, @Nullable Ticket ticket) {
		if (this.count == this.sizes.length) {
			resize(this.count * 2);
		}
		int index = (this.head + this.count) & (this.sizes.length - 1);
		this.sizes[index] = size;
		this.tickets[index] = ticket;
		this.count++;
	}

	/** Removes the oldest and returns its ticket. */
	@Nullable Ticket remove() {
		Ticket ticket = this.tickets[this.head];
		this.tickets[this.head] = null;
		this.head = (this.head + 1) & (this.sizes.length - 1);
		if (--this.count == 0 && this.sizes.length > KEPT) {
			resize(INITIAL);
		}
		return ticket;
	}

	private void resize(int capacity) {
		long added = cost(capacity) - cost(this.sizes.length);
		int[] newSizes = new int[capacity];
		@Nullable Ticket[] newTickets = new @Nullable Ticket[capacity];
		int first = Math.min(this.count, this.sizes.length - this.head);
		System.arraycopy(this.sizes, this.head, newSizes, 0, first);
		System.arraycopy(this.tickets, this.head, newTickets, 0, first);
		System.arraycopy(this.sizes, 0, newSizes, first, this.count - first);
		System.arraycopy(this.tickets, 0, newTickets, first, this.count - first);
		this.sizes = newSizes;
		this.tickets = newTickets;
		this.head = 0;
		charge(added);
	}

	private void charge(long added) {
		if (added > 0) {
			this.share.add(added);
		}
		else if (added < 0) {
			this.share.give(-added);
		}
	}

	/** The memory of a large ring; what small ones keep is part of the queue. */
	private static long cost(int capacity) {
		return (long) Math.max(0, capacity - KEPT) * ENTRY;
	}

}
