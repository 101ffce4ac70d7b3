package io.gestalt.amqp.receive;

import java.util.concurrent.Executor;

import io.gestalt.amqp.connection.ReadingThread;
import io.gestalt.amqp.consume.AmqpDelivery;
import io.gestalt.amqp.consume.Attempt;
import io.gestalt.amqp.content.KeptContent;
import io.gestalt.amqp.content.ReceivedHeaders;
import io.gestalt.amqp.publish.Outgoing;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.amqp.settings.SubscriberOptions;
import io.gestalt.amqp.settings.SubscriberOptions.Ack;
import io.gestalt.endpoint.FailureLog;
import io.gestalt.failed.FailedMessage;
import io.gestalt.failed.FailedMessage.Aftermath;
import io.gestalt.failed.Failure;
import io.gestalt.failed.Failure.Reason;
import io.gestalt.failed.FailureDesk;
import io.gestalt.failed.Sender;
import io.gestalt.message.Acknowledgment;
import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.gestalt.message.MessageContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a message before and after its handler. */
public final class Settlement {

	private static final Logger logger = LoggerFactory.getLogger(Settlement.class);

	private final FailureLog failures = new FailureLog();

	private final AmqpSettings settings;

	private final Ack ack;

	private final @Nullable DeadLetters deadLetters;

	private final Outgoing outgoing;

	private final Counters counters;

	private final Executor executor;

	private final FailureDesk desk;

	public Settlement(AmqpSettings settings, Ack ack, @Nullable DeadLetters deadLetters, Outgoing outgoing,
			Counters counters) {
		this.settings = settings;
		this.ack = ack;
		this.deadLetters = deadLetters;
		this.outgoing = outgoing;
		this.counters = counters;
		this.desk = settings.failures();
		this.executor = ReadingThread.relievedBy(settings.resources().worker());
	}

	/** What a handler may know of a message, and say about it. */
	MessageContext context(AmqpDelivery delivery, Acknowledgment acknowledgment) {
		return new MessageContext(new SenderPeer(delivery.properties(), this.settings, this.outgoing), delivery.type(),
				new ReceivedHeaders(delivery.envelope(), delivery.properties()), acknowledgment);
	}

	/** Where the outcome of a future is seen to, which may take a while. */
	Executor executor() {
		return this.executor;
	}

	/** A handler is about to be called. */
	void begin(AmqpDelivery delivery) {
		if (this.ack == Ack.FIRST) {
			delivery.ack();
		}
	}

	/** How often a handler may be called for a message that fails. */
	int attempts(SubscriberOptions.Retry retry) {
		return (this.ack == Ack.FIRST) ? 1 : Math.max(1, retry.attempts());
	}

	/** A further attempt is due. */
	void retry(int attempt, Throwable cause) {
		this.counters.increment(Counter.RETRIED);
		logger.debug("Endpoint '{}' has a handler that failed at attempt {}", this.settings.name(), attempt, cause);
	}

	/** A handler is done with a message. */
	void handled(AmqpDelivery delivery) {
		this.counters.increment(Counter.HANDLED);
		if (this.ack == Ack.AFTER) {
			delivery.ack();
		}
	}

	/** A message has a result, for whoever has sent it, if that waits. */
	void handled(AmqpDelivery delivery, MessageContext context, @Nullable Object result) {
		if (context.peer() instanceof SenderPeer sender && sender.awaitsReply()) {
			sender.reply(result).whenComplete((sent, failure) -> {
				if (failure != null) {
					logger.debug("Endpoint '{}' could not reply to a message", this.settings.name(), failure);
				}
				handled(delivery);
			});
		}
		else {
			handled(delivery);
		}
	}

	/** A handler failed for good. */
	void failed(AmqpDelivery delivery, int attempts, Throwable failure) throws InterruptedException {
		Throwable cause = Failure.tellable(failure);
		this.counters.increment(Counter.HANDLER_FAILED);
		this.counters.increment(Counter.HANDLED);
		this.failures.warn("Endpoint '{}' has a handler that failed {} times on a message", this.settings.name(),
				attempts, cause);
		Error error = Attempt.error(failure);
		if (error != null) {
			this.settings.uncaught(error);
		}
		putAside(delivery, Reason.FAILED, attempts, cause);
	}

	/** A message cannot be decoded. */
	void undecodable(AmqpDelivery delivery, Throwable failure) throws InterruptedException {
		Throwable cause = Failure.tellable(failure);
		this.counters.increment(Counter.UNDECODABLE);
		logger.debug("Endpoint '{}' could not decode a message", this.settings.name(), cause);
		putAside(delivery, Reason.UNDECODABLE, 0, cause);
	}

	/** No handler wants a message. */
	void unhandled(AmqpDelivery delivery) throws InterruptedException {
		this.counters.increment(Counter.UNHANDLED);
		putAside(delivery, Reason.UNHANDLED, 0, null);
	}

	private void putAside(AmqpDelivery delivery, Reason reason, int attempts, @Nullable Throwable cause)
			throws InterruptedException {
		Failure failure = Failure.of(reason, cause, attempts);
		if (delivery.settled()) {
			if (this.ack == Ack.FIRST) {
				keep(delivery, failure, Aftermath.NONE);
			}
			return;
		}
		if (this.deadLetters == null) {
			keep(delivery, failure, Aftermath.NONE);
			count(delivery.reject(false), Counter.REJECTED);
			return;
		}
		String letter = this.deadLetters.put(delivery, reason, attempts, cause);
		if (letter != null) {
			keep(delivery, failure, new Aftermath(false, this.deadLetters.place(), letter));
			count(delivery.ack(), Counter.DEAD_LETTERED);
		}
		else {
			count(delivery.requeue(this.deadLetters.pause()), Counter.REQUEUED);
		}
	}

	private void keep(AmqpDelivery delivery, Failure failure, Aftermath aftermath) {
		this.desk.keep(failure.reason(), false, (endpoint) -> {
			Sender sender = Sender.of(new SenderPeer(delivery.properties(), this.settings, this.outgoing));
			return new FailedMessage(endpoint, sender,
					KeptContent.of(delivery.envelope(), delivery.properties(), delivery.body(), delivery.type()),
					failure, aftermath);
		});
	}

	private void count(boolean happened, Counter counter) {
		if (happened) {
			this.counters.increment(counter);
		}
	}

	/** Lets a handler settle a message itself. */
	Acknowledgment acknowledgment(AmqpDelivery delivery) {
		return new Acknowledgment() {

			@Override
			public void acknowledge() {
				delivery.ack();
			}

			@Override
			public void reject(boolean requeue) {
				if (requeue) {
					count(delivery.reject(true), Counter.REQUEUED);
					return;
				}
				try {
					putAside(delivery, Reason.REJECTED, 1, null);
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}

		};
	}

}
