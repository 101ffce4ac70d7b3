package io.gestalt.amqp.publish;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import com.rabbitmq.client.Return;
import io.gestalt.message.Counter;
import io.gestalt.message.SendException;
import org.jspecify.annotations.Nullable;

/** What becomes of one message. */
final class Publication extends CompletableFuture<@Nullable Void> {

	private final String endpoint;

	private final long deadline;

	private final @Nullable Mark mark;

	private long sequence;

	private @Nullable Publication next;

	/**
	 * Begins with a message.
	 * @param endpoint name of who sends it
	 * @param deadline when it is given up, as {@link System#nanoTime()} says it
	 * @param mark by which it is known if it comes back
	 */
	Publication(String endpoint, long deadline, @Nullable Mark mark) {
		this.endpoint = endpoint;
		this.deadline = deadline;
		this.mark = mark;
	}

	@Override
	public <U> CompletableFuture<U> newIncompleteFuture() {
		return new CompletableFuture<>();
	}

	long deadline() {
		return this.deadline;
	}

	/** By what it is known if it comes back, {@code null} if it will not. */
	@Nullable Mark mark() {
		return this.mark;
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
		return new SendException(Counter.REFUSED, "message was refused because its sender was interrupted", ex);
	}

	void fail(Counter reason, String what, @Nullable Throwable cause) {
		completeExceptionally(new SendException(reason, "Endpoint '%s': %s".formatted(this.endpoint, what), cause));
	}

	/**
	 * What a message that comes back bears. Messages of the application may have the same
	 * identifier.
	 *
	 * @param messageId the identifier of the message
	 * @param exchange where it went
	 * @param routingKey under which key
	 */
	record Mark(String messageId, String exchange, String routingKey) {

		boolean isOf(Return back) {
			return this.messageId.equals(back.getProperties().getMessageId())
					&& this.exchange.equals(back.getExchange()) && this.routingKey.equals(back.getRoutingKey());
		}

	}

}
