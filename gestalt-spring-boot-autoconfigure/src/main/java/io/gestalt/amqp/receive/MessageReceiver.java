package io.gestalt.amqp.receive;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

import io.gestalt.amqp.consume.AmqpDelivery;
import io.gestalt.amqp.consume.AmqpReceiver;
import io.gestalt.amqp.consume.Attempt;
import io.gestalt.amqp.consume.Intake;
import io.gestalt.amqp.content.AmqpCodec;
import io.gestalt.amqp.settings.SubscriberOptions.Retry;
import io.gestalt.dispatch.Listener;
import io.gestalt.dispatch.Listener.Binding;
import io.gestalt.message.MessageContext;
import org.jspecify.annotations.Nullable;

/**
 * Gives messages to their handlers, one after the other: the next one waits until this
 * one is done, its future too, or has failed for good.
 */
public final class MessageReceiver implements AmqpReceiver {

	private static final CompletableFuture<@Nullable Throwable> DONE = CompletableFuture.completedFuture(null);

	private final Listener listener;

	private final AmqpCodec codec;

	private final Retry retry;

	private final Settlement settlement;

	public MessageReceiver(Listener listener, AmqpCodec codec, Retry retry, Settlement settlement) {
		this.listener = listener;
		this.codec = codec;
		this.retry = retry;
		this.settlement = settlement;
	}

	@Override
	public void receive(AmqpDelivery delivery, Intake intake) throws InterruptedException {
		Handling handling = begin(delivery, intake);
		if (handling != null) {
			finish(handling, attempt(handling));
		}
	}

	@Override
	public @Nullable Rest tryReceive(AmqpDelivery delivery, Intake intake) {
		Binding binding = this.listener.find(delivery.type());
		if (binding == null || delivery.properties().getReplyTo() != null) {
			return () -> receive(delivery, intake);
		}
		Handling handling = begin(delivery, intake, binding);
		CompletableFuture<@Nullable Throwable> attempt = attempt(handling);
		if (attempt.isDone() && attempt.join() == null) {
			return null;
		}
		return () -> finish(handling, attempt);
	}

	private void finish(Handling handling, CompletableFuture<@Nullable Throwable> begun) throws InterruptedException {
		CompletableFuture<@Nullable Throwable> attempt = begun;
		while (again(handling, await(attempt))) {
			attempt = attempt(handling);
		}
	}

	private static @Nullable Throwable await(CompletableFuture<@Nullable Throwable> attempt)
			throws InterruptedException {
		try {
			return attempt.get();
		}
		catch (ExecutionException ex) {
			return ex.getCause();
		}
	}

	/** Finds the handler of a message, {@code null} if there is none. */
	@Nullable Handling begin(AmqpDelivery delivery, Intake intake) throws InterruptedException {
		Binding binding = this.listener.find(delivery.type());
		if (binding == null) {
			this.settlement.unhandled(delivery);
			return null;
		}
		return begin(delivery, intake, binding);
	}

	private Handling begin(AmqpDelivery delivery, Intake intake, Binding binding) {
		this.settlement.begin(delivery);
		return new Handling(delivery, intake, binding,
				this.settlement.context(delivery, this.settlement.acknowledgment(delivery)));
	}

	/**
	 * Calls the handler once more.
	 * @return completes, never exceptionally, with why it failed, {@code null} if it is
	 * done
	 */
	CompletableFuture<@Nullable Throwable> attempt(Handling handling) {
		handling.attempts++;
		Object payload;
		try {
			payload = this.codec.decode(handling.delivery.properties(), handling.delivery.body(),
					handling.binding.payloadType());
		}
		catch (RuntimeException | Error ex) {
			handling.undecodable = true;
			return CompletableFuture.completedFuture(ex);
		}
		try {
			Object result = Attempt.call(handling.binding, payload, handling.context);
			if (result instanceof CompletionStage<?> stage) {
				return stage
					.handleAsync((value, failure) -> conclude(handling, value, failure), this.settlement.executor())
					.toCompletableFuture();
			}
			this.settlement.handled(handling.delivery, handling.context, result);
			return DONE;
		}
		catch (Exception ex) {
			return CompletableFuture.completedFuture(ex);
		}
	}

	private @Nullable Throwable conclude(Handling handling, @Nullable Object value, @Nullable Throwable failure) {
		if (failure != null) {
			return Attempt.reason(failure);
		}
		try {
			this.settlement.handled(handling.delivery, handling.context, value);
			return null;
		}
		catch (RuntimeException | Error ex) {
			return ex;
		}
	}

	/**
	 * Sees to a failure, and waits as long as the next attempt is to wait.
	 * @param failure {@code null} if there was none
	 * @return whether there is to be another attempt
	 */
	boolean again(Handling handling, @Nullable Throwable failure) throws InterruptedException {
		if (failure == null) {
			return false;
		}
		if (handling.undecodable) {
			this.settlement.undecodable(handling.delivery, failure);
			return false;
		}
		if (failure instanceof InterruptedException && !handling.intake.pause(Duration.ZERO)) {
			handling.delivery.giveBack();
			return false;
		}
		if (handling.attempts >= this.settlement.attempts(this.retry) || handling.delivery.settled()) {
			this.settlement.failed(handling.delivery, handling.attempts, failure);
			return false;
		}
		if (!handling.intake.pause(this.retry.delay(handling.attempts))) {
			handling.delivery.giveBack();
			return false;
		}
		this.settlement.retry(handling.attempts, failure);
		return true;
	}

	/** A message on its way through its handler. */
	static final class Handling {

		private final AmqpDelivery delivery;

		private final Intake intake;

		private final Binding binding;

		private final MessageContext context;

		private int attempts;

		private boolean undecodable;

		private Handling(AmqpDelivery delivery, Intake intake, Binding binding, MessageContext context) {
			this.delivery = delivery;
			this.intake = intake;
			this.binding = binding;
			this.context = context;
		}

		AmqpDelivery delivery() {
			return this.delivery;
		}

	}

}
