package io.gestalt.amqp;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

import io.gestalt.amqp.SubscriberOptions.Retry;
import io.gestalt.codec.CodecException;
import io.gestalt.dispatch.Listener;
import io.gestalt.dispatch.Listener.Binding;
import io.gestalt.message.MessageContext;
import org.jspecify.annotations.Nullable;

/**
 * Gives messages to their handlers, one after the other: the next one waits until this
 * one is done, its future too, or has failed for good.
 */
final class MessageReceiver implements AmqpReceiver {

	private final Listener listener;

	private final AmqpCodec codec;

	private final Retry retry;

	private final Settlement settlement;

	MessageReceiver(Listener listener, AmqpCodec codec, Retry retry, Settlement settlement) {
		this.listener = listener;
		this.codec = codec;
		this.retry = retry;
		this.settlement = settlement;
	}

	@Override
	public void receive(AmqpDelivery delivery, Intake intake) throws InterruptedException {
		Binding binding = this.listener.find(Settlement.type(delivery));
		if (binding == null) {
			this.settlement.unhandled(delivery);
			return;
		}
		MessageContext context = this.settlement.context(delivery, this.settlement.acknowledgment(delivery));
		this.settlement.begin(delivery);
		int attempts = this.settlement.attempts(this.retry);
		for (int attempt = 1;; attempt++) {
			Throwable failure = attempt(binding, delivery, context);
			if (failure == null) {
				return;
			}
			if (attempt >= attempts || delivery.settled()) {
				this.settlement.failed(delivery, attempt, failure);
				return;
			}
			if (!intake.pause(this.retry.delay(attempt))) {
				delivery.giveBack();
				return;
			}
			this.settlement.retry(attempt, failure);
		}
	}

	private @Nullable Throwable attempt(Binding binding, AmqpDelivery delivery, MessageContext context)
			throws InterruptedException {
		Object payload;
		try {
			payload = this.codec.decode(delivery.properties(), delivery.body(), binding.payloadType());
		}
		catch (CodecException ex) {
			this.settlement.undecodable(delivery, ex);
			return null;
		}
		try {
			Object result = Attempt.call(binding, payload, context);
			if (result instanceof CompletionStage<?> stage) {
				result = stage.toCompletableFuture().get();
			}
			this.settlement.handled(delivery, context, result);
			return null;
		}
		catch (InterruptedException ex) {
			throw ex;
		}
		catch (ExecutionException | CompletionException ex) {
			return (ex.getCause() != null) ? ex.getCause() : ex;
		}
		catch (Exception ex) {
			return ex;
		}
	}

}
