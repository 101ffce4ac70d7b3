package io.gestalt.transport.queue;

/**
 * Whether so much waits for one peer that no more should be produced for it. Updated
 * under the lock of the queue, read by any thread.
 */
final class Congestion {

	private static final int BYTES = 256 * 1024;

	private final long bytes;

	private final int count;

	private volatile boolean congested;

	private volatile boolean relieved;

	Congestion(QueueLimits limits) {
		this.bytes = Math.min(BYTES, limits.maxSize() / 2);
		this.count = Math.max(1, limits.capacity() / 2);
	}

	void update(OutboundEntries entries, OutboundShare share) {
		boolean now = entries.bytes() > this.bytes || entries.count() > this.count || share.crowded();
		if (now != this.congested) {
			this.relieved = !now;
			this.congested = now;
		}
	}

	boolean congested() {
		return this.congested;
	}

	/** Whether it has ended since this was last asked. */
	boolean takeRelief() {
		boolean taken = this.relieved;
		if (taken) {
			this.relieved = false;
		}
		return taken;
	}

}
