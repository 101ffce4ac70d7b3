package io.gestalt.amqp.receive;

import java.util.concurrent.CompletableFuture;

import io.gestalt.amqp.consume.AmqpDelivery;
import io.gestalt.amqp.consume.AmqpReceiver;
import io.gestalt.amqp.consume.Intake;
import io.gestalt.amqp.consume.Workers;
import io.gestalt.amqp.receive.MessageReceiver.Handling;
import org.jspecify.annotations.Nullable;

/**
 * Lets several messages of one consumer be handled at the same time, in no order. While a
 * future is not done no thread waits for it.
 */
public final class UnorderedReceiver implements AmqpReceiver {

	private final MessageReceiver receiver;

	private final Workers workers;

	public UnorderedReceiver(MessageReceiver receiver, Workers workers) {
		this.receiver = receiver;
		this.workers = workers;
	}

	@Override
	public void receive(AmqpDelivery delivery, Intake intake) throws InterruptedException {
		Handling handling = this.receiver.begin(delivery, intake);
		if (handling != null) {
			this.workers.begin(delivery, () -> attempt(handling));
		}
	}

	private boolean attempt(Handling handling) throws InterruptedException {
		while (true) {
			CompletableFuture<@Nullable Throwable> attempt = this.receiver.attempt(handling);
			if (!attempt.isDone()) {
				attempt.thenAccept(
						(failure) -> this.workers.resume(handling.delivery(), () -> conclude(handling, failure)));
				return false;
			}
			if (!this.receiver.again(handling, attempt.join())) {
				return true;
			}
		}
	}

	private boolean conclude(Handling handling, @Nullable Throwable failure) throws InterruptedException {
		return !this.receiver.again(handling, failure) || attempt(handling);
	}

}
