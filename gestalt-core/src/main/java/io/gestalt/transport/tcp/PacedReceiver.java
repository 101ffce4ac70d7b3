package io.gestalt.transport.tcp;

import java.util.concurrent.TimeUnit;

import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.gestalt.transport.CloseReason;
import io.gestalt.transport.Connection;
import io.gestalt.transport.Receiver;
import io.gestalt.transport.queue.Ticket;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Takes no more messages a second than it may; the rest waits in the network. What was
 * not used up within a second may come at once (a token bucket that holds one second).
 */
final class PacedReceiver implements Receiver {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private final Receiver to;

	private final Connection connection;

	private final long interval;

	private final Counters counters;

	/** When the bucket would be full if nothing more came. */
	private long full = System.nanoTime();

	private boolean waiting;

	PacedReceiver(Receiver to, Connection connection, int rate, Counters counters) {
		this.to = to;
		this.connection = connection;
		this.interval = Math.max(1, SECOND / rate);
		this.counters = counters;
	}

	@Override
	public boolean ready() {
		if (!this.to.ready()) {
			return false;
		}
		long now = System.nanoTime();
		if (this.full - now < 0) {
			this.full = now;
		}
		long early = this.full + this.interval - now - SECOND;
		if (early > 0) {
			await(early);
			return false;
		}
		return true;
	}

	private void await(long nanos) {
		if (!this.waiting) {
			this.waiting = true;
			this.counters.increment(Counter.THROTTLED);
			this.connection.eventLoop().schedule(() -> {
				this.waiting = false;
				this.connection.resume();
			}, nanos, TimeUnit.NANOSECONDS);
		}
	}

	@Override
	public void received(int type, ByteBuf payload) {
		this.full += this.interval;
		this.to.received(type, payload);
	}

	@Override
	public boolean receiveComplete() {
		return this.to.receiveComplete();
	}

	@Override
	public void leaving(Ticket ticket) {
		this.to.leaving(ticket);
	}

	@Override
	public void writable() {
		this.to.writable();
	}

	@Override
	public boolean idle() {
		return this.to.idle();
	}

	@Override
	public void closed(CloseReason reason, @Nullable Throwable cause) {
		this.to.closed(reason, cause);
	}

}
