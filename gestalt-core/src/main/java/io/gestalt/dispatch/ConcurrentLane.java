package io.gestalt.dispatch;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

import io.gestalt.dispatch.backlog.Backlog;
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

	private final Backlog backlog;

	private final Queue<Slot> slots = new ArrayDeque<>();

	private boolean replying;

	private boolean abandoned;

	ConcurrentLane(Dispatcher dispatcher, Origin origin, Backlog backlog) {
		this.dispatcher = dispatcher;
		this.origin = origin;
		this.backlog = backlog;
	}

	@Override
	public boolean ready() {
		return !this.origin.congested() && this.backlog.hasRoom();
	}

	@Override
	public void receive(int type, ByteBuf payload) {
		Slot slot = new Slot(type, ByteBufUtil.getBytes(payload));
		synchronized (this.slots) {
			if (this.abandoned) {
				this.dispatcher.outcomes().abandoned(1);
				return;
			}
			this.slots.add(slot);
			this.backlog.arrived(slot.payload.length);
			this.backlog.add();
		}
		this.dispatcher.enter();
		this.dispatcher.execute(slot);
	}

	private void handle(Slot slot) {
		synchronized (this.slots) {
			if (this.abandoned) {
				return;
			}
		}
		CompletableFuture<?> future = this.dispatcher.handle(slot, slot.type, slot.payload);
		if (future == null) {
			settle(slot);
		}
		else {
			this.dispatcher.outcomes().whenDone(slot, slot.type, slot.payload, future, () -> settle(slot));
		}
	}

	private void settle(Slot slot) {
		synchronized (this.slots) {
			slot.settled = true;
			if (this.abandoned) {
				this.dispatcher.outcomes().abandoned(-1);
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
			resume = this.backlog.remove(1, head.payload.length);
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
			catch (RuntimeException | Error ex) {
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
				this.dispatcher.outcomes().abandoned((int) this.slots.stream().filter((slot) -> !slot.settled).count());
			}
		}
	}

	/** Keeps the reply to one message until those before it have left. */
	private final class Slot implements Origin, LaneTask {

		private final int type;

		private final byte[] payload;

		private @Nullable Object result;

		private boolean settled;

		Slot(int type, byte[] payload) {
			this.type = type;
			this.payload = payload;
		}

		@Override
		public void run() {
			try {
				handle(this);
			}
			finally {
				ConcurrentLane.this.dispatcher.leave();
			}
		}

		@Override
		public void rejected(RejectedExecutionException cause) {
			ConcurrentLane.this.dispatcher.leave();
			ConcurrentLane.this.dispatcher.outcomes().abandoned(1);
			failed(cause);
			settle(this);
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
