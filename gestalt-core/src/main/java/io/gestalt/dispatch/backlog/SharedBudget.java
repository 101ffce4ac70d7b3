package io.gestalt.dispatch.backlog;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How much may wait in all lanes of an endpoint together. */
public final class SharedBudget {

	private static final int OVERHEAD = 64;

	private static final int FAIR_SHARE = 16;

	private static final int STEP = 64;

	private final int capacity;

	private final long maxSize;

	private final int overhead;

	private final int fairShare;

	private final AtomicInteger count = new AtomicInteger();

	private final AtomicLong bytes = new AtomicLong();

	/**
	 * Creates a budget.
	 * @param capacity how many messages may wait
	 * @param maxSize how many bytes may wait
	 */
	public SharedBudget(int capacity, long maxSize) {
		this(capacity, maxSize, 0, 0);
	}

	private SharedBudget(int capacity, long maxSize, int overhead, int fairShare) {
		this.capacity = capacity;
		this.maxSize = maxSize;
		this.overhead = overhead;
		this.fairShare = fairShare;
	}

	/**
	 * A budget of memory for peers that can be asked to wait. Once it is used up, only
	 * those peers are read of whom little waits, so that the greedy do not starve the
	 * others.
	 * @param maxSize how many bytes may wait, what each message takes besides included
	 * @return the budget
	 */
	public static SharedBudget fair(long maxSize) {
		return new SharedBudget(Integer.MAX_VALUE, maxSize, OVERHEAD, FAIR_SHARE);
	}

	/** Whether another message may wait, in a lane in which so many wait already. */
	boolean hasRoom(int waiting) {
		return (this.count.get() < this.capacity && this.bytes.get() < this.maxSize) || waiting < this.fairShare;
	}

	/** After how many messages it is told: a budget of memory may be a little late. */
	int step() {
		return (this.fairShare > 0) ? STEP : 1;
	}

	void add(int messages, long size) {
		this.count.addAndGet(messages);
		this.bytes.addAndGet(size + (long) messages * this.overhead);
	}

	/** How many messages wait or are being handled. */
	public int count() {
		return this.count.get();
	}

}
