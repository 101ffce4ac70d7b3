package io.gestalt.amqp.publish;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.gestalt.message.Counter;
import io.gestalt.message.SendException;
import org.jspecify.annotations.Nullable;

/** What becomes of one message. */
final class Publication extends CompletableFuture<@Nullable Void> {

	private final long deadline;

	private final @Nullable String messageId;

	private long sequence;

	private @Nullable Publication next;

	/**
	 * Begins with a message.
	 * @param deadline when it is given up, as {@link System#nanoTime()} says it
	 * @param messageId by which it is known if it comes back
	 */
	Publication(long deadline, @Nullable String messageId) {
		this.deadline = deadline;
		this.messageId = messageId;
	}

	@Override
	public <U> CompletableFuture<U> newIncompleteFuture() {
		return new CompletableFuture<>();
	}

	long deadline() {
		return this.deadline;
	}

	@Nullable String messageId() {
		return this.messageId;
	}

	long sequence() {
		return this.sequence;
	}

	void sequence(long number) {
		this.sequence = number;
	}

	/** What is settled together forms a chain. */
	@Nullable Publication next() {
		return this.next;
	}

	void next(@Nullable Publication following) {
		this.next = following;
	}

	/**
	 * Throws why the message was refused. What goes wrong later is counted, and what was
	 * dropped is meant to be.
	 */
	void check() {
		if (!isCompletedExceptionally()) {
			return;
		}
		try {
			join();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof SendException failure && failure.reason() != Counter.DROPPED_NEWEST) {
				throw failure;
			}
		}
	}

	static SendException interrupted(InterruptedException ex) {
		Thread.currentThread().interrupt();
		return new SendException(Counter.REFUSED, "Message was refused because its sender was interrupted", ex);
	}

	void fail(Counter reason, String what, @Nullable Throwable cause) {
		completeExceptionally(new SendException(reason, what, cause));
	}

}
