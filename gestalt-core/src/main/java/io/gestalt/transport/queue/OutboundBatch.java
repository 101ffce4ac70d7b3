package io.gestalt.transport.queue;

import java.util.List;

import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.gestalt.message.SendException;
import io.gestalt.transport.Connection;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import org.jspecify.annotations.Nullable;

/** Frames that are written together, and what becomes of them. */
public final class OutboundBatch implements ChannelFutureListener {

	private final ByteBuf bytes;

	private final List<Ticket> tickets;

	private final int count;

	private final int size;

	private final Counters counters;

	private final OutboundShare share;

	private final int memory;

	OutboundBatch(ByteBuf bytes, int count, List<Ticket> tickets, Counters counters, OutboundShare share) {
		this.bytes = bytes;
		this.count = count;
		this.size = bytes.readableBytes();
		this.tickets = tickets;
		this.counters = counters;
		this.share = share;
		this.memory = bytes.capacity();
	}

	public ByteBuf bytes() {
		return this.bytes;
	}

	/** Of those frames that have one. */
	public List<Ticket> tickets() {
		return this.tickets;
	}

	/** Drops the frames, which go to nobody. */
	void lose(String why) {
		this.bytes.release();
		released();
		lost(why, null);
	}

	@Override
	public void operationComplete(ChannelFuture future) {
		released();
		if (future.isSuccess()) {
			this.counters.add(Counter.SENT, this.count);
			this.counters.add(Counter.SENT_BYTES, this.size);
			this.tickets.forEach(Ticket::written);
		}
		else {
			lost("Connection ended before the message was written", future.cause());
		}
	}

	/** The memory has been released. */
	public void released() {
		this.share.give(this.memory);
	}

	private void lost(String why, @Nullable Throwable cause) {
		this.counters.add(Counter.DROPPED_LOST, this.count);
		if (!this.tickets.isEmpty()) {
			SendException failure = new SendException(Counter.DROPPED_LOST, why, cause);
			this.tickets.forEach((ticket) -> ticket.failed(failure));
		}
	}

}
