package io.gestalt.dispatch;

import java.util.concurrent.CompletableFuture;

import io.netty.buffer.ByteBuf;

/** Calls the handler at once, on the thread that reads the network. */
final class EventLoopLane implements Lane {

	private final Dispatcher dispatcher;

	private final Origin origin;

	private volatile boolean pending;

	private boolean abandoned;

	EventLoopLane(Dispatcher dispatcher, Origin origin) {
		this.dispatcher = dispatcher;
		this.origin = origin;
	}

	@Override
	public boolean ready() {
		return !this.pending && !this.origin.congested();
	}

	@Override
	public void receive(int type, ByteBuf payload) {
		CompletableFuture<?> future = this.dispatcher.handle(this.origin, type, payload);
		if (future != null) {
			this.pending = true;
			byte[] kept = this.dispatcher.outcomes().keep(payload);
			this.dispatcher.outcomes().whenDone(this.origin, type, kept, future, () -> {
				finished();
				this.origin.resume();
			});
		}
	}

	private synchronized void finished() {
		this.pending = false;
		if (this.abandoned) {
			this.abandoned = false;
			this.dispatcher.outcomes().abandoned(-1);
		}
	}

	@Override
	public synchronized void abandon() {
		if (this.pending && !this.abandoned) {
			this.abandoned = true;
			this.dispatcher.outcomes().abandoned(1);
		}
	}

	@Override
	public boolean idle() {
		return !this.pending;
	}

}
