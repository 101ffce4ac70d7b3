package io.gestalt.transport;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Frames one behind another in chunks of memory, with the size and the ticket of each in
 * a ring. Not safe for use by many threads.
 */
final class OutboundEntries {

	private static final int MIN_CHUNK = 1024;

	private static final int MAX_CHUNK = 64 * 1024;

	private static final int INITIAL = 16;

	private static final int KEPT = 1024;

	private final ArrayDeque<ByteBuf> chunks = new ArrayDeque<>(2);

	private int[] sizes = new int[INITIAL];

	private @Nullable Ticket[] tickets = new @Nullable Ticket[INITIAL];

	private @Nullable ByteBuf spare;

	private int head;

	private int count;

	private long bytes;

	private int nextChunk = MIN_CHUNK;

	int count() {
		return this.count;
	}

	long bytes() {
		return this.bytes;
	}

	void add(ByteBuf frame, @Nullable Ticket ticket) {
		int size = frame.readableBytes();
		ByteBuf chunk = this.chunks.peekLast();
		if (chunk == null || chunk.writableBytes() < size) {
			chunk = newChunk(size);
			this.chunks.addLast(chunk);
			this.nextChunk = Math.min(MAX_CHUNK, this.nextChunk * 2);
		}
		chunk.writeBytes(frame, frame.readerIndex(), size);
		add(size, ticket);
		this.bytes += size;
	}

	private ByteBuf newChunk(int size) {
		ByteBuf kept = this.spare;
		this.spare = null;
		if (kept != null && kept.capacity() >= size) {
			return kept;
		}
		if (kept != null) {
			kept.release();
		}
		return PooledByteBufAllocator.DEFAULT.directBuffer(Math.max(size, this.nextChunk));
	}

	/** Keeps a chunk for the next frame, which a full queue is about to take. */
	private void recycle(ByteBuf chunk) {
		if (this.spare == null && chunk.refCnt() == 1) {
			this.spare = chunk.clear();
		}
		else {
			chunk.release();
		}
	}

	private void releaseSpare() {
		if (this.spare != null) {
			this.spare.release();
			this.spare = null;
		}
	}

	private void add(int size, @Nullable Ticket ticket) {
		if (this.count == this.sizes.length) {
			resize(this.count * 2);
		}
		int index = (this.head + this.count) & (this.sizes.length - 1);
		this.sizes[index] = size;
		this.tickets[index] = ticket;
		this.count++;
	}

	/** Drops the oldest frame and returns its ticket. */
	@Nullable Ticket drop() {
		ByteBuf chunk = this.chunks.getFirst();
		int size = this.sizes[this.head];
		Ticket ticket = remove();
		this.bytes -= size;
		chunk.skipBytes(size);
		if (!chunk.isReadable() && (this.count == 0 || this.chunks.size() > 1)) {
			recycle(this.chunks.removeFirst());
		}
		return ticket;
	}

	/** Takes the oldest chunk with all its frames, {@code null} if there is none. */
	@Nullable OutboundBatch take(Counters counters) {
		releaseSpare();
		ByteBuf chunk = this.chunks.pollFirst();
		if (chunk == null) {
			return null;
		}
		int size = chunk.readableBytes();
		this.bytes -= size;
		if (this.chunks.isEmpty()) {
			this.nextChunk = Math.max(MIN_CHUNK, Math.min(MAX_CHUNK, Integer.highestOneBit(size) * 2));
		}
		List<Ticket> followed = List.of();
		int frames = 0;
		for (int left = size; left > 0 || (this.count > 0 && this.sizes[this.head] == 0);) {
			int length = this.sizes[this.head];
			Ticket ticket = remove();
			if (ticket != null && ticket.abandoned()) {
				chunk = without(chunk, size - left, length);
				size -= length;
				counters.increment(Counter.DROPPED_LOST);
			}
			else {
				frames++;
				followed = (ticket != null) ? with(followed, ticket) : followed;
			}
			left -= length;
		}
		return new OutboundBatch(chunk, frames, followed, counters);
	}

	private static List<Ticket> with(List<Ticket> tickets, Ticket ticket) {
		List<Ticket> list = tickets.isEmpty() ? new ArrayList<>() : tickets;
		list.add(ticket);
		return list;
	}

	private static ByteBuf without(ByteBuf chunk, int offset, int length) {
		int start = chunk.readerIndex() + offset;
		int rest = chunk.writerIndex() - start - length;
		ByteBuf tail = chunk.copy(start + length, rest);
		chunk.writerIndex(start).writeBytes(tail);
		tail.release();
		return chunk;
	}

	/** Gives all frames to another, as long as that has room. */
	void moveTo(OutboundEntries other, QueueLimits limits) {
		releaseSpare();
		while (this.count > 0 && other.count < limits.capacity() && other.bytes < limits.maxSize()) {
			ByteBuf chunk = this.chunks.getFirst();
			ByteBuf frame = chunk.retainedSlice(chunk.readerIndex(), this.sizes[this.head]);
			Ticket ticket = drop();
			other.add(frame, ticket);
			frame.release();
		}
	}

	private @Nullable Ticket remove() {
		Ticket ticket = this.tickets[this.head];
		this.tickets[this.head] = null;
		this.head = (this.head + 1) & (this.sizes.length - 1);
		if (--this.count == 0 && this.sizes.length > KEPT) {
			resize(INITIAL);
		}
		return ticket;
	}

	private void resize(int capacity) {
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
	}

}
