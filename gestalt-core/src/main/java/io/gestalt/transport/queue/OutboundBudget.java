package io.gestalt.transport.queue;

import java.util.concurrent.atomic.AtomicLong;

import io.netty.util.internal.PlatformDependent;

/**
 * The memory that all outbound queues of an endpoint hold together. Any queue may have
 * the first half. Of the rest, each may have a part that shrinks with the number of
 * queues that hold something, so that those that are never emptied cannot use it up: for
 * <i>n</i> of them it is at most H(n)/20, less than a half for 10,000.
 */
public final class OutboundBudget {

	private static final long LEAST = 32L * 1024 * 1024;

	private static final long SLACK = 1024 * 1024;

	private static final int PARTS = 20;

	private static final int SHIFT = 44;

	/** One queue, above the bits that count bytes: both change in one step. */
	private static final long QUEUE = 1L << SHIFT;

	private final long limit;

	private final AtomicLong state = new AtomicLong();

	/**
	 * Creates a budget.
	 * @param limit how many bytes the queues may hold; a single message that is larger is
	 * tolerated
	 */
	public OutboundBudget(long limit) {
		this.limit = Math.min(limit, QUEUE - 1);
	}

	/**
	 * A budget for queues with such limits: twice what one of them may hold, so that one
	 * alone can be filled, at least 32 MB, at most half of the memory for buffers.
	 * @param limits bounds of each queue
	 * @return the budget
	 */
	public static OutboundBudget of(QueueLimits limits) {
		long memory = Math.min(PlatformDependent.maxDirectMemory(), Runtime.getRuntime().maxMemory()) / 2;
		long wanted = 2 * (Math.min(limits.maxSize(), QUEUE / 4) + SLACK);
		return new OutboundBudget(Math.min(Math.max(LEAST, wanted), memory));
	}

	/**
	 * A queue holds more.
	 * @param size by how much
	 * @param held what it holds now
	 * @return whether it may
	 */
	boolean add(long size, long held) {
		long now = this.state.addAndGet((held == size) ? size + QUEUE : size);
		long used = used(now);
		return used <= this.limit / 2 || used == size || (used <= this.limit && held <= part(now));
	}

	/** A queue holds less, and so much now. */
	void remove(long size, long held) {
		this.state.addAndGet((held == 0) ? -size - QUEUE : -size);
	}

	/**
	 * Whether a queue should not ask for more, so that something is left for those that
	 * have nothing yet.
	 */
	boolean crowded(long held) {
		long now = this.state.get();
		return used(now) > this.limit / 4 && held > part(now) / 2;
	}

	private long part(long now) {
		return this.limit / PARTS / Math.max(1, now >> SHIFT);
	}

	private static long used(long now) {
		return now & (QUEUE - 1);
	}

	/** How many bytes all queues hold, those that are being written included. */
	public long used() {
		return used(this.state.get());
	}

	public long limit() {
		return this.limit;
	}

}
