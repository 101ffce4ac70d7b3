package io.gestalt.endpoint;

import java.net.SocketAddress;
import java.security.Principal;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.gestalt.dispatch.Dispatcher;
import io.gestalt.dispatch.Lane;
import io.gestalt.dispatch.Origin;
import io.gestalt.message.Counter;
import io.gestalt.message.MessageContext;
import io.gestalt.message.MessageTypes;
import io.gestalt.message.Peer;
import io.gestalt.message.SendException;
import io.gestalt.transport.CloseReason;
import io.gestalt.transport.Connection;
import io.gestalt.transport.OutboundQueue;
import io.gestalt.transport.QueueLimits;
import io.gestalt.transport.Receiver;
import io.gestalt.transport.Ticket;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One peer on one connection. A frame that arrives while requests wait is the reply to
 * the oldest, unless its message type says otherwise; all others go to the listener.
 */
final class Conversation implements Peer, Receiver, Origin {

	private static final long LINGER_MILLIS = 1000;

	private final EndpointCore core;

	private final Connection connection;

	private final OutboundQueue queue;

	private final Owner owner;

	private final @Nullable Lane lane;

	private final @Nullable Ticket replyTicket;

	private final Queue<PendingRequest> pending = new ArrayDeque<>(0);

	private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

	private volatile MessageContext context;

	private volatile boolean gone;

	Conversation(EndpointCore core, Connection connection, OutboundQueue queue, Owner owner) {
		this.core = core;
		this.connection = connection;
		this.queue = queue;
		this.owner = owner;
		this.replyTicket = owner.keepsQueue() ? new ReplyTicket(this) : null;
		this.context = new MessageContext(this, MessageTypes.NONE);
		QueueLimits limits = core.settings().queue();
		Dispatcher dispatcher = core.dispatcher();
		this.lane = (dispatcher != null) ? dispatcher.lane(this, limits.capacity(), limits.maxSize(), core.budget())
				: null;
	}

	OutboundQueue queue() {
		return this.queue;
	}

	@Override
	public boolean ready() {
		return this.lane == null || this.lane.ready();
	}

	@Override
	public void received(int type, ByteBuf payload) {
		if (this.gone) {
			this.core.counters().increment(Counter.LATE_REPLIES);
			return;
		}
		PendingRequest request = this.pending.peek();
		if (request != null && isReply(request, type)) {
			this.pending.remove();
			if (request.abandoned()) {
				this.core.counters().increment(Counter.LATE_REPLIES);
			}
			request.complete(this.core.settings().payloadCodec(), type, payload);
		}
		else if (this.lane != null) {
			this.lane.receive(type, payload);
		}
		else {
			this.core.counters().increment(Counter.UNHANDLED);
		}
	}

	private boolean isReply(PendingRequest request, int type) {
		if (type == MessageTypes.NONE || request.replyTypeId() == type) {
			return true;
		}
		Dispatcher dispatcher = this.core.dispatcher();
		return request.replyTypeId() == MessageTypes.NONE
				&& (dispatcher == null || !dispatcher.listener().handles(type));
	}

	@Override
	public void receiveComplete() {
		if (this.lane != null) {
			this.lane.receiveComplete();
		}
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

	void expectReply(PendingRequest request) {
		this.pending.add(request);
		if (request.abandoned()) {
			retire();
		}
	}

	/** Leaves what is queued from now on to the next connection. */
	void stopWriting() {
		this.connection.stopWriting();
	}

	/**
	 * Gives the connection up after a request was not answered: whatever arrives from now
	 * on cannot be matched for sure. Late replies are counted for a moment.
	 */
	void retire() {
		this.connection.eventLoop().execute(() -> {
			if (this.gone) {
				return;
			}
			this.gone = true;
			failPending("has given up the connection, as an earlier request was not answered in time", null);
			this.connection.shutdownOutput();
			this.owner.gone(this, CloseReason.REQUEST_TIMEOUT);
			this.connection.eventLoop()
				.schedule(() -> close(CloseReason.REQUEST_TIMEOUT, null), LINGER_MILLIS, TimeUnit.MILLISECONDS);
		});
	}

	private void failPending(String why, @Nullable Throwable cause) {
		String message = "Endpoint '%s' %s".formatted(this.core.name(), why);
		for (PendingRequest request = this.pending.poll(); request != null; request = this.pending.poll()) {
			request.failed(new SendException(Counter.DROPPED_LOST, message, cause));
		}
	}

	@Override
	public void closed(CloseReason reason, @Nullable Throwable cause) {
		this.gone = true;
		failPending("lost the connection before the reply came: %s".formatted(reason), cause);
		this.owner.gone(this, reason);
		this.core.closed(this, reason, cause);
		this.ended.complete(null);
		writable();
	}

	@Override
	public MessageContext context(int type) {
		MessageContext known = this.context;
		if (known.type() != type) {
			known = new MessageContext(this, type);
			this.context = known;
		}
		return known;
	}

	@Override
	public void reply(Object result) {
		if (this.gone) {
			this.core.counters().increment(Counter.OFFERED);
			this.core.counters().increment(Counter.REFUSED);
			return;
		}
		try {
			this.core.encoder().send(this.queue, result, this.replyTicket);
		}
		catch (SendException ex) {
			if (!this.gone) {
				throw ex;
			}
		}
	}

	@Override
	public void undecodable(Throwable cause) {
		this.core.undecodable(this, cause);
	}

	@Override
	public void failed(Throwable cause) {
		this.core.handlerFailed(this, cause);
	}

	boolean gone() {
		return this.gone;
	}

	@Override
	public boolean congested() {
		return !this.gone && this.queue.congested();
	}

	@Override
	public void resume() {
		this.connection.resume();
	}

	/** Takes no more messages; replies that are still due may come. */
	void stopReading() {
		this.connection.eventLoop().execute(() -> {
			if (this.pending.isEmpty()) {
				this.connection.stopReading();
			}
		});
	}

	/** How far the work on what was accepted is. */
	CompletableFuture<Progress> progress() {
		CompletableFuture<Progress> answer = new CompletableFuture<>();
		this.connection.eventLoop().execute(() -> {
			boolean handling = !this.ended.isDone() && !(idle() && this.connection.drained() && this.pending.isEmpty());
			answer.complete(handling ? Progress.HANDLING
					: (!this.connection.flushed() && !this.ended.isDone()) ? Progress.FLUSHING : Progress.DONE);
		});
		return answer;
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
		this.core.encoder().send(this.queue, payload, null);
	}

	@Override
	public CompletableFuture<Void> sendAsync(@Nullable Object payload) {
		return this.core.sendAsync(this.queue, payload);
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
