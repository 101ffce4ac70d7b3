package io.gestalt.test.memory;

import java.util.ArrayDeque;
import java.util.Queue;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** One way of a connection. It holds so many bytes, then its writer has to wait. */
final class MemoryPipe {

	private static final int CAPACITY = 64 * 1024;

	private final Queue<ByteBuf> waiting = new ArrayDeque<>();

	private @Nullable Runnable readable;

	private @Nullable Runnable writable;

	private int size;

	private boolean full;

	private boolean ended;

	private boolean closed;

	/** Who is told that there is something to read. */
	synchronized void reader(Runnable task) {
		this.readable = task;
	}

	/** Who is told that there is room again. */
	synchronized void writer(Runnable task) {
		this.writable = task;
	}

	/**
	 * Copies bytes, as many as there is room for.
	 * @return how many, -1 if nobody will read them
	 */
	int write(ByteBuf bytes) {
		int count;
		synchronized (this) {
			if (this.closed) {
				return -1;
			}
			count = Math.min(bytes.readableBytes(), CAPACITY - this.size);
			this.full = count < bytes.readableBytes();
			if (count > 0) {
				this.waiting.add(bytes.alloc().buffer(count).writeBytes(bytes, bytes.readerIndex(), count));
				this.size += count;
			}
		}
		tell(this.readable);
		return count;
	}

	/** What comes next, {@code null} if nothing waits; belongs to the caller. */
	@Nullable ByteBuf read() {
		ByteBuf next;
		boolean relieved;
		synchronized (this) {
			next = this.waiting.poll();
			this.size -= (next != null) ? next.readableBytes() : 0;
			relieved = next != null && this.full;
			this.full &= !relieved;
		}
		if (relieved) {
			tell(this.writable);
		}
		return next;
	}

	/** Nothing more is written. */
	void end() {
		synchronized (this) {
			this.ended = true;
		}
		tell(this.readable);
	}

	/** Whether all was read that will ever be written. */
	synchronized boolean ended() {
		return this.ended && this.waiting.isEmpty();
	}

	/** Nothing more is read. */
	void close() {
		synchronized (this) {
			this.closed = true;
			this.waiting.forEach(ByteBuf::release);
			this.waiting.clear();
		}
		tell(this.writable);
	}

	private static void tell(@Nullable Runnable task) {
		if (task != null) {
			task.run();
		}
	}

}
