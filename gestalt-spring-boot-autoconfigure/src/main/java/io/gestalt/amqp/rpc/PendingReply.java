package io.gestalt.amqp.rpc;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.gestalt.amqp.content.AmqpContent;
import org.jspecify.annotations.Nullable;

/** A request, and the promise of its reply. */
public final class PendingReply extends CompletableFuture<@Nullable Object> {

	private static final AtomicReferenceFieldUpdater<PendingReply, AmqpContent> CONTENT = AtomicReferenceFieldUpdater
		.newUpdater(PendingReply.class, AmqpContent.class, "content");

	private final PendingReplies owner;

	private final String id;

	private final Type replyType;

	private final Duration timeout;

	private final long start;

	private final long deadline;

	/** What is to be sent, until somebody does. */
	private volatile @Nullable AmqpContent content;

	private volatile int line;

	PendingReply(PendingReplies owner, String id, Call call) {
		this.owner = owner;
		this.id = id;
		this.replyType = call.replyType();
		this.timeout = call.timeout();
		this.start = call.start();
		this.deadline = call.start() + call.timeout().toNanos();
		this.content = call.content();
	}

	@Override
	public <U> CompletableFuture<U> newIncompleteFuture() {
		return new CompletableFuture<>();
	}

	/** Gives up; its reply will be a late one. */
	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		this.owner.take(this);
		return super.cancel(mayInterruptIfRunning);
	}

	String id() {
		return this.id;
	}

	Type replyType() {
		return this.replyType;
	}

	Duration timeout() {
		return this.timeout;
	}

	/** How long its caller has waited. */
	Duration elapsed() {
		return Duration.ofNanos(System.nanoTime() - this.start);
	}

	/** When its caller gives up, by the clock of {@link System#nanoTime()}. */
	long deadline() {
		return this.deadline;
	}

	/** How long its caller still waits. */
	long remainingMillis() {
		return TimeUnit.NANOSECONDS.toMillis(this.deadline - System.nanoTime());
	}

	/**
	 * Takes over to send it.
	 * @param number of the line on which it is sent, at least 1
	 * @return what to send, {@code null} if another has taken over
	 */
	@Nullable AmqpContent claim(int number) {
		if (this.content == null) {
			return null;
		}
		this.line = number;
		return CONTENT.getAndSet(this, null);
	}

	/** Gives back what was taken over and has not gone out. */
	void release(AmqpContent unsent) {
		this.content = unsent;
	}

	/** Whether its caller has given up. */
	boolean isDue() {
		return System.nanoTime() - this.deadline >= 0;
	}

	boolean isUnsent() {
		return this.content != null;
	}

	/** Number of the line on which it was sent, 0 for none. */
	int line() {
		return (this.content != null) ? 0 : this.line;
	}

	/**
	 * What somebody asks for.
	 *
	 * @param content the request
	 * @param replyType what the reply is decoded to
	 * @param timeout how long the caller waits
	 * @param start since when, by the clock of {@link System#nanoTime()}
	 */
	public record Call(AmqpContent content, Type replyType, Duration timeout, long start) {
	}

}
