package io.gestalt.transport.queue;

import java.time.Duration;

/**
 * Bounds of a queue of messages.
 *
 * @param capacity how many messages may wait
 * @param maxSize how many bytes may wait
 * @param onFull what happens to the next one
 * @param sendTimeout how long a sender waits for room
 */
public record QueueLimits(int capacity, long maxSize, OnFull onFull, Duration sendTimeout) {

	/** 10,000 messages, 64 MB, senders wait 5 seconds. */
	public static final QueueLimits DEFAULT = new QueueLimits(10_000, 64L * 1024 * 1024, OnFull.BLOCK,
			Duration.ofSeconds(5));

	public QueueLimits {
		if (capacity < 1) {
			throw new IllegalArgumentException("Queue capacity must be at least 1, was %d".formatted(capacity));
		}
		if (maxSize < 1) {
			throw new IllegalArgumentException("Queue size must be at least 1 byte, was %d".formatted(maxSize));
		}
		if (sendTimeout.isNegative()) {
			throw new IllegalArgumentException("Send timeout must not be negative, was %s".formatted(sendTimeout));
		}
	}

	/** Whether a message may wait behind others. */
	boolean allow(int count, long bytes, int size) {
		return count < this.capacity && (count == 0 || bytes + size <= this.maxSize);
	}

}
