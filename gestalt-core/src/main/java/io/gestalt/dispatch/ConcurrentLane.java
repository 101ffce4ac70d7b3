package io.gestalt.dispatch;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.gestalt.message.MessageContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/**
 * Handles messages of one origin at the same time. Replies leave in the order in which
 * the messages came, because the peer knows them by their order only.
 */
final class ConcurrentLane implements Lane {

	private final Dispatcher dispatcher;

	private final Origin origin;

	private final Executor executor;

	private final LaneLimits limits;

	private final Queue<Slot> slots = new ArrayDeque<>();

	private long bytes;

	private boolean reading = true;

	private boolean replying;

	private boolean abandoned;

	ConcurrentLane(Dispatcher dispatcher, Origin origin, Executor executor, LaneLimits limits) {
		this.dispatcher = dispatcher;
		this.origin = origin;
		this.executor = executor;
		this.limits = limits;
	}

	@Override
	public boolean ready() {
		synchronized (this.slots) {
			this.reading = this.slots.size() < this.limits.capacity() && this.bytes < this.limits.maxSize()
					&& !this.origin.congested() && this.limits.hasRoom(this.slots.size());
			return this.reading;
		}
	}

	@Override
	public void receive(int type, ByteBuf payload) {
		byte[] bytes = ByteBufUtil.getBytes(payload);
		Slot slot = new Slot(bytes.length);
		synchronized (this.slots) {
			if (this.abandoned) {
				this.dispatcher.abandoned(1);
				return;
			}
			this.slots.add(slot);
			this.bytes += bytes.length;
			this.limits.taken(bytes.length);
		}
		try {
			this.executor.execute(() -> handle(slot, type, bytes));
		}
		catch (RejectedExecutionException ex) {
			this.dispatcher.abandoned(1);
			settle(slot);
			this.origin.failed(ex);
		}
	}

	private void handle(Slot slot, int type, byte[] bytes) {
		synchronized (this.slots) {
			if (this.abandoned) {
				return;
			}
		}
		CompletableFuture<?> future = this.dispatcher.handle(slot, type, bytes);
		if (future == null) {
			settle(slot);
		}
		else {
			future.whenComplete((result, failure) -> {
				this.dispatcher.finish(slot, future);
				settle(slot);
			});
		}
	}

	private void settle(Slot slot) {
		synchronized (this.slots) {
			slot.settled = true;
			if (this.abandoned) {
				this.dispatcher.abandoned(-1);
			}
			if (this.replying) {
				return;
			}
			this.replying = true;
		}
		// Sending may wait for room, which the reading thread makes: it must not meet the
		// lock.
		for (Slot head = nextSettled(); head != null; head = nextSettled()) {
			send(head);
			remove(head);
		}
	}

	private @Nullable Slot nextSettled() {
		synchronized (this.slots) {
			Slot head = this.slots.peek();
			this.replying = head != null && head.settled;
			return this.replying ? head : null;
		}
	}

	private void remove(Slot head) {
		boolean resume;
		synchronized (this.slots) {
			this.slots.remove();
			this.bytes -= head.size;
			this.limits.released(1, head.size);
			resume = !this.reading && this.slots.size() <= this.limits.capacity() / 2
					&& this.bytes <= this.limits.maxSize() / 2;
			this.reading = this.reading || resume;
		}
		if (resume) {
			this.origin.resume();
		}
	}

	private void send(Slot slot) {
		if (slot.result != null) {
			try {
				this.origin.reply(slot.result);
			}
			catch (RuntimeException ex) {
				this.origin.failed(ex);
			}
		}
	}

	@Override
	public boolean idle() {
		synchronized (this.slots) {
			return this.abandoned || this.slots.isEmpty();
		}
	}

	@Override
	public void abandon() {
		synchronized (this.slots) {
			if (!this.abandoned) {
				this.abandoned = true;
				this.dispatcher.abandoned((int) this.slots.stream().filter((slot) -> !slot.settled).count());
			}
		}
	}

	/** Keeps the reply to one message until those before it have left. */
	private final class Slot implements Origin {

		private final int size;

		private @Nullable Object result;

		private boolean settled;

		Slot(int size) {
			this.size = size;
		}

		@Override
		public MessageContext context(int type) {
			return ConcurrentLane.this.origin.context(type);
		}

		@Override
		public void reply(Object reply) {
			this.result = reply;
		}

		@Override
		public void undecodable(Throwable cause) {
			ConcurrentLane.this.origin.undecodable(cause);
		}

		@Override
		public void failed(Throwable cause) {
			ConcurrentLane.this.origin.failed(cause);
		}

		@Override
		public boolean congested() {
			return ConcurrentLane.this.origin.congested();
		}

		@Override
		public void resume() {
			ConcurrentLane.this.origin.resume();
		}

	}

}
