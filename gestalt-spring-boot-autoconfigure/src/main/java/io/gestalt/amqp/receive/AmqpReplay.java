package io.gestalt.amqp.receive;

import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import io.gestalt.amqp.consume.Attempt;
import io.gestalt.amqp.content.KeptContent;
import io.gestalt.amqp.content.ReceivedHeaders;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.dispatch.Listener;
import io.gestalt.dispatch.Listener.Binding;
import io.gestalt.failed.Content;
import io.gestalt.failed.FailedMessage;
import io.gestalt.failed.FailedMessageException;
import io.gestalt.failed.Failure.Reason;
import io.gestalt.failed.ReplayException;
import io.gestalt.message.MessageContext;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.AmqpException;

/**
 * Handles messages once more that were given up. One that a dead-letter queue keeps too
 * is held there meanwhile, and leaves both at once, so that nobody handles it twice.
 */
public final class AmqpReplay {

	private final AmqpSettings settings;

	private final Listener listener;

	private final boolean batches;

	private final @Nullable DeadLetters deadLetters;

	/**
	 * Prepares replays.
	 * @param settings those of the endpoint
	 * @param listener its handlers
	 * @param batches whether handlers take lists of messages
	 * @param deadLetters where messages were put aside, {@code null} if they were not
	 */
	public AmqpReplay(AmqpSettings settings, Listener listener, boolean batches, @Nullable DeadLetters deadLetters) {
		this.settings = settings;
		this.listener = listener;
		this.batches = batches;
		this.deadLetters = deadLetters;
	}

	/** Handles a message on a thread of the application. */
	public CompletableFuture<@Nullable Object> replay(FailedMessage message) {
		CompletableFuture<@Nullable Object> outcome = new CompletableFuture<>();
		try {
			this.settings.resources().worker().execute(() -> replay(message, outcome));
		}
		catch (RejectedExecutionException ex) {
			outcome.completeExceptionally(FailedMessageException.refused(message.id(),
					"Failed message %d finds no thread to be handled on".formatted(message.id()),
					"Replay it when the application is not about to stop."));
		}
		return outcome;
	}

	private void replay(FailedMessage message, CompletableFuture<@Nullable Object> outcome) {
		try {
			ClaimedLetter letter = claim(message);
			if (letter != null) {
				outcome.whenComplete((result, failure) -> {
					if (failure == null) {
						letter.remove();
					}
					else {
						letter.giveBack();
					}
				});
			}
			handle(message, outcome);
		}
		catch (Throwable ex) {
			outcome.completeExceptionally(ex);
		}
	}

	private @Nullable ClaimedLetter claim(FailedMessage message) {
		String key = message.aftermath().key();
		DeadLetters letters = this.deadLetters;
		if (key == null) {
			return null;
		}
		try {
			ClaimedLetter letter = (letters != null) ? letters.claim(key) : null;
			if (letter != null) {
				return letter;
			}
		}
		catch (IOException | AmqpException | ShutdownSignalException ex) {
			throw FailedMessageException.refused(message.id(), "Failed message %d cannot be taken out of %s: %s"
				.formatted(message.id(), message.aftermath().place(), ex), "Replay it when RabbitMQ can be reached.");
		}
		throw FailedMessageException.refused(message.id(),
				"Failed message %d is not in %s at present".formatted(message.id(), message.aftermath().place()),
				"Another replay may be looking for its own there, or somebody holds it: replay it again in a moment. "
						+ "If it stays away it was moved back or removed: look there, and discard it here.");
	}

	private void handle(FailedMessage message, CompletableFuture<@Nullable Object> outcome) throws Exception {
		Content content = message.content();
		Binding binding = this.listener.find(content.type());
		if (binding == null) {
			throw new ReplayException(Reason.UNHANDLED,
					"No handler wants message type %s".formatted(Integer.toUnsignedString(content.type())), null);
		}
		AMQP.BasicProperties properties = KeptContent.properties(content);
		Envelope envelope = KeptContent.envelope(content);
		Object payload = decode(binding, properties, content.payload().clone());
		Object result = Attempt.call(binding, payload,
				new MessageContext(new FormerSender(this.settings, message.sender()), content.type(),
						new ReceivedHeaders(envelope, properties)));
		if (result instanceof CompletionStage<?> stage) {
			stage.whenComplete((value, failure) -> complete(outcome, value, failure));
		}
		else {
			outcome.complete(result);
		}
	}

	private @Nullable Object decode(Binding binding, AMQP.BasicProperties properties, byte[] body) {
		Type element = this.batches ? BatchReceiver.elementType(binding.payloadType()) : null;
		Type target = (element != null) ? element : this.batches ? Object.class : binding.payloadType();
		try {
			Object payload = this.settings.codec().decode(properties, body, target);
			return this.batches ? Collections.singletonList(payload) : payload;
		}
		catch (RuntimeException | Error ex) {
			throw new ReplayException(Reason.UNDECODABLE, "The payload cannot be decoded", ex);
		}
	}

	private static void complete(CompletableFuture<@Nullable Object> outcome, @Nullable Object value,
			@Nullable Throwable failure) {
		if (failure == null) {
			outcome.complete(value);
		}
		else {
			outcome.completeExceptionally(Attempt.reason(failure));
		}
	}

}
