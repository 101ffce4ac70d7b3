package io.gestalt.endpoint.tcp;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.gestalt.codec.PayloadCodec;
import io.gestalt.endpoint.framed.EndpointCore;
import io.gestalt.endpoint.RequestTimeoutException;
import io.gestalt.message.Counter;
import io.gestalt.transport.queue.Ticket;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** A request on its way, and the promise of its reply. */
final class PendingRequest implements Ticket {

	private final CompletableFuture<@Nullable Object> reply = new CompletableFuture<>();

	private final long start = System.nanoTime();

	private final Type replyType;

	private final int replyTypeId;

	private final Duration timeout;

	private volatile @Nullable Conversation conversation;

	private volatile boolean settled;

	private volatile boolean timedOut;

	PendingRequest(Type replyType, int replyTypeId, Duration timeout) {
		this.replyType = replyType;
		this.replyTypeId = replyTypeId;
		this.timeout = timeout;
	}

	CompletableFuture<@Nullable Object> reply() {
		return this.reply;
	}

	Duration timeout() {
		return this.timeout;
	}

	/** The message type identifier that the reply bears, 0 if it is not known. */
	int replyTypeId() {
		return this.replyTypeId;
	}

	/** Nanoseconds until the time is up. */
	long remaining() {
		return this.timeout.toNanos() - (System.nanoTime() - this.start);
	}

	/** The request goes to a connection now. */
	void assigned(Conversation to) {
		this.conversation = to;
	}

	@Override
	public void written() {
	}

	@Override
	public void failed(Throwable cause) {
		this.settled = true;
		this.reply.completeExceptionally(cause);
	}

	@Override
	public boolean abandoned() {
		return this.reply.isDone();
	}

	/**
	 * Whether no conversation owes a reply: one that was sent stays due though nobody
	 * waits for it any more, because those after it are known by their order only.
	 */
	boolean settled() {
		return this.settled || (abandoned() && this.conversation == null);
	}

	/** The time is up; the conversation that may still bring the reply is told. */
	void expire(EndpointCore core) {
		if (this.conversation == null && !this.settled) {
			timedOut(core, false);
		}
		// It may have been sent after the first look, and before it was seen to be over.
		Conversation to = this.conversation;
		if (to != null) {
			to.expire(this);
		}
	}

	/** Fails the reply, unless that was done before. */
	void timedOut(EndpointCore core, boolean sent) {
		if (this.timedOut) {
			return;
		}
		this.timedOut = true;
		core.counters().increment(Counter.REQUEST_TIMEOUTS);
		Duration elapsed = Duration.ofNanos(System.nanoTime() - this.start);
		this.reply.completeExceptionally(new RequestTimeoutException(core.name(), elapsed, this.timeout, sent));
	}

	void complete(PayloadCodec codec, int type, ByteBuf payload) {
		this.settled = true;
		try {
			this.reply.complete(codec.decode(payload, type, this.replyType));
		}
		catch (Throwable ex) {
			this.reply.completeExceptionally(ex);
		}
	}

}
