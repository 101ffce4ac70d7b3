package io.gestalt.dispatch;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How much may wait in all lanes of an endpoint together. */
public final class SharedBudget {

	private final int capacity;

	private final long maxSize;

	private final AtomicInteger count = new AtomicInteger();

	private final AtomicLong bytes = new AtomicLong();

	/**
	 * Creates a budget.
	 * @param capacity how many messages may wait
	 * @param maxSize how many bytes may wait
	 */
	public SharedBudget(int capacity, long maxSize) {
		this.capacity = capacity;
		this.maxSize = maxSize;
	}

	boolean hasRoom() {
		return this.count.get() < this.capacity && this.bytes.get() < this.maxSize;
	}

	void add(int messages, long size) {
		this.count.addAndGet(messages);
		this.bytes.addAndGet(size);
	}

	/** How many messages wait or are being handled. */
	public int count() {
		return this.count.get();
	}

}
