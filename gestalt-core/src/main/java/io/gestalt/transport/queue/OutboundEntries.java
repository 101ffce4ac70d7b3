package io.gestalt.transport.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Frames one behind another in chunks of memory. Memory is taken from the budget for a
 * whole chunk, not for each frame. Not safe for use by many threads.
 */
final class OutboundEntries {

	private static final int LEAST_CHUNK = 256;

	private static final int MIN_CHUNK = 1024;

	private static final int MAX_CHUNK = 64 * 1024;

	private final ArrayDeque<ByteBuf> chunks = new ArrayDeque<>(2);

	private final OutboundShare share;

	private final FrameRing frames;

	private List<Ticket> abandoned = List.of();

	private @Nullable ByteBuf spare;

	private long bytes;

	private int nextChunk = MIN_CHUNK;

	OutboundEntries(OutboundShare share) {
		this.share = share;
		this.frames = new FrameRing(share);
	}

	int count() {
		return this.frames.count();
	}

	long bytes() {
		return this.bytes;
	}

	/** Makes sure that there is memory for a frame, which must be added then. */
	boolean reserve(int size) {
		ByteBuf last = this.chunks.peekLast();
		if (last != null && last.writableBytes() >= size) {
			return true;
		}
		ByteBuf kept = this.spare;
		if (kept != null && kept.capacity() >= size) {
			this.spare = null;
			this.chunks.addLast(kept);
			return true;
		}
		releaseSpare();
		int capacity = capacity(size);
		int least = Math.max(size, LEAST_CHUNK);
		if (this.share.take(capacity)) {
			return grow(capacity);
		}
		return capacity > least && this.share.take(least) && grow(least);
	}

	/** As many frames of this size as go into a chunk. */
	private int capacity(int size) {
		int rest = (size > 0) ? this.nextChunk % size : 0;
		return Math.max(size, this.nextChunk - rest);
	}

	private boolean grow(int capacity) {
		try {
			this.chunks.addLast(PooledByteBufAllocator.DEFAULT.directBuffer(capacity, capacity));
		}
		catch (OutOfMemoryError ex) {
			this.share.give(capacity);
			throw ex;
		}
		this.nextChunk = Math.min(MAX_CHUNK, this.nextChunk * 2);
		return true;
	}

	/** Adds a frame for which there is memory. */
	void add(ByteBuf frame, @Nullable Ticket ticket) {
		int size = frame.readableBytes();
		this.chunks.getLast().writeBytes(frame, frame.readerIndex(), size);
		this.frames.add(size, ticket);
		this.bytes += size;
	}

	/** Drops the oldest frame and returns its ticket. */
	@Nullable Ticket drop() {
		ByteBuf chunk = this.chunks.getFirst();
		int size = this.frames.size();
		Ticket ticket = this.frames.remove();
		this.bytes -= size;
		chunk.skipBytes(size);
		if (!chunk.isReadable() && (count() == 0 || this.chunks.size() > 1)) {
			recycle(this.chunks.removeFirst());
		}
		return ticket;
	}

	/** Keeps a chunk for the next frame, which a full queue is about to take. */
	private void recycle(ByteBuf chunk) {
		if (this.spare == null && chunk.refCnt() == 1) {
			this.spare = chunk.clear();
		}
		else {
			release(chunk);
		}
	}

	private void releaseSpare() {
		if (this.spare != null) {
			release(this.spare);
			this.spare = null;
		}
	}

	private void release(ByteBuf chunk) {
		this.share.give(chunk.capacity());
		chunk.release();
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
		return batch(chunk, counters);
	}

	private OutboundBatch batch(ByteBuf chunk, Counters counters) {
		List<Ticket> followed = List.of();
		int kept = 0;
		int end = chunk.readerIndex();
		int last = chunk.writerIndex();
		for (int index = end; index < last || (count() > 0 && this.frames.size() == 0);) {
			int length = this.frames.size();
			Ticket ticket = this.frames.remove();
			if (ticket != null && ticket.abandoned()) {
				counters.increment(Counter.DROPPED_LOST);
				this.abandoned = with(this.abandoned, ticket);
			}
			else {
				end = closeGap(chunk, end, index, length);
				kept++;
				followed = (ticket != null) ? with(followed, ticket) : followed;
			}
			index += length;
		}
		return new OutboundBatch(chunk.writerIndex(end), kept, followed, counters, this.share);
	}

	/** The tickets of those frames that were not taken as nobody waits for them. */
	List<Ticket> takeAbandoned() {
		List<Ticket> taken = this.abandoned;
		this.abandoned = List.of();
		return taken;
	}

	/** Closes the gap that abandoned frames have left before this one. */
	private static int closeGap(ByteBuf chunk, int end, int index, int length) {
		if (end < index && length > 0) {
			ByteBuf frame = chunk.copy(index, length);
			chunk.setBytes(end, frame);
			frame.release();
		}
		return end + length;
	}

	private static List<Ticket> with(List<Ticket> tickets, Ticket ticket) {
		List<Ticket> list = tickets.isEmpty() ? new ArrayList<>() : tickets;
		list.add(ticket);
		return list;
	}

	/** Gives frames to another, as long as that has room. */
	void moveTo(OutboundEntries other, QueueLimits limits) {
		while (count() > 0 && limits.allow(other.count(), other.bytes, this.frames.size())) {
			ByteBuf chunk = this.chunks.getFirst();
			int size = this.frames.size();
			other.reserveAnyway(size);
			other.add(chunk.slice(chunk.readerIndex(), size), this.frames.ticket());
			drop();
		}
	}

	private void reserveAnyway(int size) {
		if (!reserve(size)) {
			int capacity = Math.max(size, LEAST_CHUNK);
			this.share.add(capacity);
			grow(capacity);
		}
	}

}
