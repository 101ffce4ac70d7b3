package io.gestalt.boot.failed.actuate;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.gestalt.boot.actuate.OperationRefusedException;
import io.gestalt.boot.actuate.ShownValues;
import io.gestalt.failed.FailedMessage;
import io.gestalt.failed.FailedMessageException;
import io.gestalt.failed.FailedMessageStore.Counts;
import io.gestalt.failed.FailedMessages;
import io.gestalt.failed.Replayed;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/** Shows, edits, replays and discards failed messages. */
@Endpoint(id = "gestaltfailed")
public final class FailedMessagesEndpoint {

	/** Outcome of a replay that is not done yet. */
	static final String RUNNING = "running";

	private static final int DEFAULT_LIMIT = 50;

	private static final int MAX_LIMIT = 500;

	private final FailedMessages messages;

	private final Sanitizer sanitizer;

	private final boolean shown;

	private final Duration replayTimeout;

	private final CompletableFuture<Void> stopping = new CompletableFuture<>();

	/**
	 * Creates the endpoint.
	 * @param messages the failed messages
	 * @param sanitizer hides what the application wants to be hidden
	 * @param shown whether values are shown where nobody asks who wants to see them
	 * @param replayTimeout how long a replay is waited for
	 */
	FailedMessagesEndpoint(FailedMessages messages, Sanitizer sanitizer, boolean shown, Duration replayTimeout) {
		this.messages = messages.as("actuator");
		this.sanitizer = sanitizer;
		this.shown = shown;
		this.replayTimeout = replayTimeout;
	}

	/** What there is, the oldest first. */
	@ReadOperation
	public Map<String, Object> list(@Nullable String endpoint, @Nullable Long after, @Nullable Integer limit) {
		return list(this.messages, this.shown, endpoint, after, limit);
	}

	/** One message with its payload. */
	@ReadOperation
	public Map<String, Object> show(@Selector long id) {
		return show(this.messages, this.shown, id);
	}

	/**
	 * Replays a message, or edits it, for which a payload is given as text or in base 64.
	 */
	@WriteOperation
	public Map<String, Object> operate(@Selector long id, @Nullable String operation, @Nullable String payload,
			@Nullable String base64) {
		return operate(this.messages, this.shown, id, new Order(operation, payload, base64));
	}

	/** Throws a message away. */
	@DeleteOperation
	public Map<String, Object> discard(@Selector long id) {
		return discard(this.messages, id);
	}

	/** Waits for no replay any more: the web server would wait for its answer. */
	void stopWaiting() {
		this.stopping.complete(null);
	}

	FailedMessages as(String actor) {
		return this.messages.as(actor);
	}

	Map<String, Object> list(FailedMessages by, boolean showValues, @Nullable String endpoint, @Nullable Long after,
			@Nullable Integer limit) {
		int count = Math.max(1, Math.min(MAX_LIMIT, (limit != null) ? limit : DEFAULT_LIMIT));
		List<FailedMessage> found = by.list(endpoint, (after != null) ? after : 0, count);
		Counts counts = by.counts(endpoint);
		Map<String, Object> all = new LinkedHashMap<>();
		all.put("kept", counts.kept());
		all.put("bytes", counts.bytes());
		all.put("evicted", counts.evicted());
		all.put("lost", counts.lost());
		all.put("messages", found.stream().map(view(showValues)::summary).toList());
		if (found.size() == count) {
			all.put("next", found.get(count - 1).id());
		}
		return OperationResponseBody.of(all);
	}

	Map<String, Object> show(FailedMessages by, boolean showValues, long id) {
		return OperationResponseBody.of(view(showValues).details(by.find(id)));
	}

	Map<String, Object> operate(FailedMessages by, boolean showValues, long id, Order order) {
		return switch (String.valueOf(order.operation())) {
			case "edit" -> OperationResponseBody.of(outcome(by.edit(id, order.bytes()), "edit", "edited"));
			case "replay" -> replay(by, view(showValues), id);
			default -> throw new OperationRefusedException("Operation '%s' is unknown".formatted(order.operation()),
					"Send 'replay', or 'edit' with a 'payload' or 'base64'; to discard a message use DELETE.");
		};
	}

	private Map<String, Object> replay(FailedMessages by, FailedMessageView view, long id) {
		CompletableFuture<Replayed> replay = by.replay(id);
		try {
			CompletableFuture.anyOf(replay, this.stopping).get(this.replayTimeout.toMillis(), TimeUnit.MILLISECONDS);
			return replay.isDone() ? replayed(view, replay.get()) : running(id);
		}
		catch (TimeoutException ex) {
			return running(id);
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof FailedMessageException refused) ? refused : new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return running(id);
		}
	}

	private static Map<String, Object> running(long id) {
		return OperationResponseBody
			.of(new LinkedHashMap<>(Map.of("id", id, "operation", "replay", "outcome", RUNNING)));
	}

	private static Map<String, Object> replayed(FailedMessageView view, Replayed replayed) {
		FailedMessage message = replayed.message();
		Map<String, Object> outcome = new LinkedHashMap<>(
				outcome(message, "replay", replayed.handled() ? "handled" : "failed"));
		Object result = replayed.result();
		if (result != null) {
			outcome.put("result", String.valueOf(view.result(message.endpoint(), result)));
		}
		if (!replayed.handled()) {
			Map<String, Object> now = view.summary(message);
			now.keySet().retainAll(List.of("reason", "error", "attempts"));
			outcome.putAll(now);
		}
		return OperationResponseBody.of(outcome);
	}

	Map<String, Object> discard(FailedMessages by, long id) {
		FailedMessage discarded = by.discard(id);
		Map<String, Object> outcome = outcome(discarded, "discard", "discarded");
		String place = discarded.aftermath().place();
		if (place != null) {
			outcome.put("keptIn", place);
		}
		return OperationResponseBody.of(outcome);
	}

	private static Map<String, Object> outcome(FailedMessage message, String operation, String outcome) {
		Map<String, Object> all = new LinkedHashMap<>();
		all.put("id", message.id());
		all.put("endpoint", message.endpoint());
		all.put("operation", operation);
		all.put("outcome", outcome);
		return all;
	}

	private FailedMessageView view(boolean showValues) {
		return new FailedMessageView(new ShownValues(this.sanitizer, showValues));
	}

	/**
	 * What somebody wants to be done, as it was written.
	 *
	 * @param operation what
	 * @param payload a payload as text
	 * @param base64 a payload in base 64
	 */
	record Order(@Nullable String operation, @Nullable String payload, @Nullable String base64) {

		byte[] bytes() {
			if ((this.payload == null) == (this.base64 == null)) {
				throw new OperationRefusedException("An edit needs either 'payload' or 'base64'",
						"Send the payload as it would come over the wire, as text or in base 64.");
			}
			try {
				return (this.payload != null) ? this.payload.getBytes(StandardCharsets.UTF_8)
						: Base64.getDecoder().decode(this.base64);
			}
			catch (IllegalArgumentException ex) {
				throw new OperationRefusedException("Payload is not in base 64: %s".formatted(ex.getMessage()),
						"Send it so, or as text in 'payload'.", ex);
			}
		}

	}

}
