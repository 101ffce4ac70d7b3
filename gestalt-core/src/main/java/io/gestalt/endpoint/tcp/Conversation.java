package io.gestalt.endpoint.tcp;

import java.net.SocketAddress;
import java.security.Principal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.gestalt.dispatch.Lane;
import io.gestalt.endpoint.framed.EndpointCore;
import io.gestalt.message.Counter;
import io.gestalt.message.Peer;
import io.gestalt.transport.CloseReason;
import io.gestalt.transport.Connection;
import io.gestalt.transport.Receiver;
import io.gestalt.transport.WireTap;
import io.gestalt.transport.queue.OutboundQueue;
import io.gestalt.transport.queue.Ticket;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One peer on one connection. A frame that arrives while requests wait is the reply to
 * the oldest, unless its message type says otherwise; all others go to the listener.
 */
final class Conversation implements Peer, Receiver {

	private static final long LINGER_MILLIS = 1000;

	private final Conversations conversations;

	private final EndpointCore core;

	private final Connection connection;

	private final OutboundQueue queue;

	private final Owner owner;

	private final ConversationOrigin origin;

	private final @Nullable Lane lane;

	private final @Nullable Ticket ticket;

	private final PendingReplies pending;

	private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

	/** Given up or ended: what still arrives is nobody's. */
	private volatile boolean gone;

	private boolean stopping;

	Conversation(Conversations conversations, Connection connection, OutboundQueue queue, Owner owner) {
		this.conversations = conversations;
		this.core = conversations.core();
		this.connection = connection;
		this.queue = queue;
		this.owner = owner;
		this.ticket = owner.keepsQueue() ? new PeerTicket(this, null) : null;
		this.pending = new PendingReplies(this.core);
		this.origin = new ConversationOrigin(this, connection, conversations);
		this.lane = conversations.newLane(this.origin);
	}

	OutboundQueue queue() {
		return this.queue;
	}

	@Override
	public boolean ready() {
		return (this.lane == null || this.lane.ready()) && (!this.conversations.paused() || !this.pending.isEmpty());
	}

	@Override
	public void received(int type, ByteBuf payload) {
		if (gone()) {
			this.core.counters().increment(Counter.LATE_REPLIES);
		}
		else if (this.pending.take(type, payload)) {
			stopReadingIfDue();
		}
		else if (this.lane != null) {
			this.lane.receive(type, payload);
		}
		else {
			this.core.counters().increment(Counter.UNHANDLED);
		}
	}

	@Override
	public boolean receiveComplete() {
		return this.lane != null && this.lane.receiveComplete();
	}

	@Override
	public void writable() {
		if (this.lane != null) {
			this.lane.resume();
		}
	}

	@Override
	public boolean idle() {
		return this.lane == null || this.lane.idle();
	}

	@Override
	public void leaving(Ticket message) {
		if (message instanceof PendingRequest request) {
			request.assigned(this);
			this.pending.add(request);
			if (request.abandoned()) {
				this.connection.stopWriting();
				retire();
			}
			else if (this.conversations.paused()) {
				this.connection.resume();
			}
		}
	}

	private void onLoop(Runnable task) {
		this.connection.eventLoop().execute(this.core.watched(task));
	}

	/** Ends the wait for a reply, if that has not come at last. */
	void expire(PendingRequest request) {
		onLoop(() -> {
			if (!request.settled()) {
				// What is sent by whoever hears of it goes to the next connection.
				this.connection.stopWriting();
				request.timedOut(this.core, true);
				retire();
			}
		});
	}

	/**
	 * Gives the connection up, as what arrives from now on cannot be matched for sure.
	 */
	private void retire() {
		onLoop(() -> {
			if (gone()) {
				return;
			}
			this.gone = true;
			this.pending.fail("has given up the connection, as an earlier request was not answered in time", null);
			this.connection.shutdownOutput();
			this.owner.gone(this, CloseReason.REQUEST_TIMEOUT);
			this.connection.eventLoop()
				.schedule(() -> close(CloseReason.REQUEST_TIMEOUT, null), LINGER_MILLIS, TimeUnit.MILLISECONDS);
		});
	}

	@Override
	public void closed(CloseReason reason, @Nullable Throwable cause) {
		this.gone = true;
		this.pending.fail("lost the connection before the reply came: %s".formatted(reason), cause);
		this.owner.gone(this, reason);
		this.conversations.closed(this, reason, cause);
		this.ended.complete(null);
		writable();
	}

	/** Ends the conversation before any reply that comes later than now. */
	void fail(CloseReason reason, Throwable cause) {
		this.origin.fail();
		close(reason, cause);
	}

	boolean gone() {
		return this.gone;
	}

	/** Takes no more messages, once no reply is due. */
	void stopReading() {
		onLoop(() -> {
			this.stopping = true;
			stopReadingIfDue();
		});
	}

	private void stopReadingIfDue() {
		if (this.stopping && this.pending.isEmpty()) {
			this.connection.stopReading();
		}
	}

	/** Reads again what was not read during a pause. */
	void resume() {
		this.connection.resume();
	}

	void tap(@Nullable WireTap tap) {
		this.connection.tap(tap);
	}

	/** How far the work on what was accepted is. */
	CompletableFuture<Progress> progress() {
		return CompletableFuture.supplyAsync(() -> {
			if (this.ended.isDone()) {
				return Progress.DONE;
			}
			boolean handled = idle() && this.connection.drained() && this.pending.isEmpty();
			return !handled ? Progress.HANDLING : this.connection.flushed() ? Progress.DONE : Progress.FLUSHING;
		}, this.connection.eventLoop());
	}

	void abandon() {
		if (this.lane != null) {
			this.lane.abandon();
		}
	}

	CompletableFuture<@Nullable Void> close(CloseReason reason, @Nullable Throwable cause) {
		this.connection.close(reason, cause);
		return this.ended;
	}

	@Override
	public String id() {
		return this.connection.id();
	}

	@Override
	public SocketAddress address() {
		return this.connection.remoteAddress();
	}

	@Override
	public @Nullable Principal principal() {
		return this.connection.principal();
	}

	@Override
	public void send(@Nullable Object payload) {
		send(payload, this.ticket);
	}

	@Override
	public CompletableFuture<Void> sendAsync(@Nullable Object payload) {
		return EndpointCore
			.follow((followed) -> send(payload, (this.ticket != null) ? new PeerTicket(this, followed) : followed));
	}

	private void send(@Nullable Object payload, @Nullable Ticket followed) {
		if (gone() && this.ticket != null) {
			throw this.core.refused("Peer %s is gone".formatted(this));
		}
		this.core.send(this.queue, payload, followed);
	}

	@Override
	public void close() {
		close(CloseReason.CLOSED, null);
	}

	@Override
	public String toString() {
		return "%s at %s".formatted(id(), address());
	}

	/** Learns that a conversation is over, before anybody else does; at least once. */
	interface Owner {

		void gone(Conversation conversation, CloseReason reason);

		/** Whether the queue goes on to the next conversation. */
		default boolean keepsQueue() {
			return false;
		}

	}

}
