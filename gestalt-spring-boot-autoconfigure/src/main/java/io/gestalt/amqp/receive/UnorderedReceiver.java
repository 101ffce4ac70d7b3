package io.gestalt.amqp.receive;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

import io.gestalt.amqp.consume.AmqpDelivery;
import io.gestalt.amqp.consume.AmqpReceiver;
import io.gestalt.amqp.consume.Intake;
import io.gestalt.amqp.receive.MessageReceiver.Handling;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets several messages of one consumer be handled at the same time, in no order. While a
 * future is not done no thread waits for it.
 */
public final class UnorderedReceiver implements AmqpReceiver {

	private static final Logger logger = LoggerFactory.getLogger(UnorderedReceiver.class);

	private final MessageReceiver receiver;

	private final Executor worker;

	private final Semaphore permits;

	public UnorderedReceiver(MessageReceiver receiver, Executor worker, int concurrency) {
		this.receiver = receiver;
		this.worker = worker;
		this.permits = new Semaphore(concurrency);
	}

	@Override
	public void receive(AmqpDelivery delivery, Intake intake) throws InterruptedException {
		Handling handling = this.receiver.begin(delivery, intake);
		if (handling != null) {
			this.permits.acquire();
			execute(() -> attempt(handling), handling);
		}
	}

	private void execute(Runnable task, Handling handling) {
		try {
			this.worker.execute(task);
		}
		catch (RejectedExecutionException ex) {
			giveBack(handling);
		}
	}

	private void attempt(Handling handling) {
		try {
			CompletableFuture<@Nullable Throwable> attempt = this.receiver.attempt(handling);
			if (attempt.isDone()) {
				conclude(handling, attempt.join());
			}
			else {
				attempt.thenAcceptAsync((failure) -> conclude(handling, failure), this.worker);
			}
		}
		catch (InterruptedException ex) {
			giveBack(handling);
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException | Error ex) {
			logger.error("Message could not be handled and goes back to its queue", ex);
			giveBack(handling);
		}
	}

	private void conclude(Handling handling, @Nullable Throwable failure) {
		try {
			if (failure == null) {
				this.permits.release();
			}
			else if (this.receiver.again(handling, failure)) {
				attempt(handling);
			}
			else {
				this.permits.release();
			}
		}
		catch (InterruptedException ex) {
			giveBack(handling);
			Thread.currentThread().interrupt();
		}
	}

	private void giveBack(Handling handling) {
		handling.delivery().giveBack();
		this.permits.release();
	}

}
