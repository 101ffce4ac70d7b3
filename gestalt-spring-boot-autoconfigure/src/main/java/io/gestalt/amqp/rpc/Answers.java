package io.gestalt.amqp.rpc;

import java.io.IOException;
import java.util.Map;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ShutdownSignalException;
import io.gestalt.amqp.consume.AmqpDelivery;
import io.gestalt.amqp.consume.Attempt;
import io.gestalt.amqp.content.AmqpContent;
import io.gestalt.amqp.content.KeptContent;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.endpoint.FailureLog;
import io.gestalt.failed.FailedMessage;
import io.gestalt.failed.FailedMessage.Aftermath;
import io.gestalt.failed.Failure;
import io.gestalt.failed.Failure.Reason;
import io.gestalt.failed.FailureDesk;
import io.gestalt.failed.Sender;
import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.gestalt.message.RemoteException;
import io.gestalt.message.SendException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How requests end. A reply goes out on the channel on which its request came, ahead of
 * the acknowledgement: the broker has either both, or will deliver the request once more.
 */
public final class Answers {

	private static final Logger logger = LoggerFactory.getLogger(Answers.class);

	private static final int TRANSIENT = 1;

	private static final int LONGEST_TEXT = 500;

	private final FailureLog failures = new FailureLog();

	private final AmqpSettings settings;

	private final boolean errorReplies;

	private final Counters counters;

	private final FailureDesk desk;

	public Answers(AmqpSettings settings, boolean errorReplies, Counters counters) {
		this.settings = settings;
		this.errorReplies = errorReplies;
		this.counters = counters;
		this.desk = settings.failures();
	}

	AmqpSettings settings() {
		return this.settings;
	}

	/** A handler has a result, or nothing to say, which is a reply too. */
	void handled(ServedRequest request, @Nullable Object result) {
		boolean silent = request.replyTo() == null || (result == null && request.replied());
		try {
			if (silent || reply(request, result)) {
				this.counters.increment(Counter.HANDLED);
				request.delivery().ack();
			}
		}
		catch (RuntimeException | Error ex) {
			failed(request, ex);
		}
	}

	/**
	 * Sends a reply.
	 * @return whether it went out; if not, the request will be delivered once more
	 * @throws RuntimeException if it cannot be encoded
	 */
	boolean reply(ServedRequest request, @Nullable Object result) {
		AmqpContent content = this.settings.codec().encode(result);
		return publish(request, content.properties(false), content.body());
	}

	/** A handler failed: of exceptions that were not meant for others nothing is told. */
	void failed(ServedRequest request, Throwable failure) {
		Throwable cause = Failure.tellable(failure);
		this.counters.increment(Counter.HANDLER_FAILED);
		this.counters.increment(Counter.HANDLED);
		if (cause instanceof RemoteException known) {
			logger.debug("Endpoint '{}' answers a request with an error", this.settings.name(), known);
			refuse(request, new Refusal(Reason.FAILED, cause, known.code(), String.valueOf(known.getMessage())));
		}
		else {
			this.failures.warn("Endpoint '{}' has a handler that failed on a request", this.settings.name(), cause);
			Error error = Attempt.error(failure);
			if (error != null) {
				this.settings.uncaught(error);
			}
			refuse(request,
					new Refusal(Reason.FAILED, cause, RemoteException.INTERNAL, "The request could not be handled"));
		}
	}

	/** A request cannot be decoded. */
	void undecodable(ServedRequest request, Throwable failure) {
		Throwable cause = Failure.tellable(failure);
		this.counters.increment(Counter.UNDECODABLE);
		logger.debug("Endpoint '{}' could not decode a request", this.settings.name(), cause);
		refuse(request, new Refusal(Reason.UNDECODABLE, cause, RemoteException.UNDECODABLE,
				"The request could not be decoded"));
	}

	/** No handler wants a request. */
	void unhandled(ServedRequest request) {
		this.counters.increment(Counter.UNHANDLED);
		refuse(request, new Refusal(Reason.UNHANDLED, null, RemoteException.UNHANDLED,
				"There is no handler for requests of this type"));
	}

	/** Nobody waits for the reply any more, so the request is done with. */
	void expired(ServedRequest request) {
		this.counters.increment(Counter.EXPIRED);
		request.delivery().ack();
	}

	private void refuse(ServedRequest request, Refusal refusal) {
		if (!this.errorReplies || request.replyTo() == null) {
			reject(request, refusal);
			return;
		}
		AMQP.BasicProperties.Builder properties = new AMQP.BasicProperties.Builder().deliveryMode(TRANSIENT)
			.headers(Map.of(RpcHeaders.ERROR_CODE, cut(refusal.code()), RpcHeaders.ERROR_MESSAGE,
					cut(refusal.message())));
		try {
			if (publish(request, properties, new byte[0])) {
				this.counters.increment(Counter.REMOTE_ERRORS);
				keep(request, refusal, Aftermath.ANSWERED);
				request.delivery().ack();
			}
		}
		catch (SendException ex) {
			logger.debug("Endpoint '{}' cannot reply to where a request says", this.settings.name(), ex);
			reject(request, refusal);
		}
	}

	private void reject(ServedRequest request, Refusal refusal) {
		if (!request.delivery().settled()) {
			keep(request, refusal, Aftermath.NONE);
		}
		if (request.delivery().reject(false)) {
			this.counters.increment(Counter.REJECTED);
		}
	}

	private void keep(ServedRequest request, Refusal refusal, Aftermath aftermath) {
		AmqpDelivery delivery = request.delivery();
		this.desk.keep(refusal.reason(), aftermath.answered(),
				(endpoint) -> new FailedMessage(endpoint, Sender.of(request),
						KeptContent.of(delivery.envelope(), delivery.properties(), delivery.body(), delivery.type()),
						Failure.of(refusal.reason(), refusal.cause(), 1), aftermath));
	}

	/** Headers must fit into one frame. */
	private static String cut(String text) {
		return (text.length() <= LONGEST_TEXT) ? text : text.substring(0, LONGEST_TEXT);
	}

	private boolean publish(ServedRequest request, AMQP.BasicProperties.Builder properties, byte[] body) {
		AmqpDelivery delivery = request.delivery();
		this.counters.increment(Counter.OFFERED);
		try {
			delivery.channel()
				.basicPublish("", request.replyTo(), false,
						properties.correlationId(delivery.properties().getCorrelationId()).build(), body);
			this.counters.increment(Counter.SENT);
			this.counters.add(Counter.SENT_BYTES, body.length);
			return true;
		}
		catch (IOException | ShutdownSignalException ex) {
			this.counters.increment(Counter.DROPPED_LOST);
			logger.debug("Endpoint '{}' could not send a reply, its request will be delivered once more",
					this.settings.name(), ex);
			return false;
		}
		catch (IllegalArgumentException ex) {
			throw new SendException(Counter.REFUSED,
					"Endpoint '%s' has a reply with a header that AMQP cannot carry".formatted(this.settings.name()),
					ex);
		}
	}

	/**
	 * Why a request has no result, and what its sender is told.
	 *
	 * @param reason what kind of failure it is
	 * @param cause what went wrong, {@code null} if that says it all
	 * @param code for programs
	 * @param message for people
	 */
	private record Refusal(Reason reason, @Nullable Throwable cause, String code, String message) {
	}

}
