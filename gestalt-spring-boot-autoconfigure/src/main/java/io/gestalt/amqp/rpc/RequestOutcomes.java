package io.gestalt.amqp.rpc;

import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;

import com.rabbitmq.client.AMQP;
import io.gestalt.amqp.content.AmqpCodec;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.endpoint.RequestExpiredException;
import io.gestalt.endpoint.RequestRejectedException;
import io.gestalt.endpoint.RequestTimeoutException;
import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.gestalt.message.RemoteException;
import io.gestalt.message.SendException;
import org.jspecify.annotations.Nullable;

/**
 * Tells callers how their requests ended. Replies are told on the thread that delivers
 * them; everything else is learnt on threads that others depend on, and so is told on a
 * thread of the application.
 */
final class RequestOutcomes {

	private static final String EXPIRED = "expired";

	private final AmqpSettings settings;

	private final String service;

	private final Counters counters;

	RequestOutcomes(AmqpSettings settings, String service, Counters counters) {
		this.settings = settings;
		this.service = service;
		this.counters = counters;
	}

	/** Something has come to the queue for replies. */
	void arrived(PendingReply request, AMQP.BasicProperties properties, byte[] body) {
		String death = RpcHeaders.deathReason(properties);
		Object error = AmqpCodec.header(properties, RpcHeaders.ERROR_CODE);
		if (death != null) {
			givenBack(request, death);
		}
		else if (error != null) {
			this.counters.increment(Counter.REMOTE_ERRORS);
			Object message = AmqpCodec.header(properties, RpcHeaders.ERROR_MESSAGE);
			request.completeExceptionally(
					new RemoteException(error.toString(), Objects.requireNonNullElse(message, "").toString()));
		}
		else {
			replied(request, properties, body);
		}
	}

	private void replied(PendingReply request, AMQP.BasicProperties properties, byte[] body) {
		try {
			request.complete(this.settings.codec().decode(properties, body, request.replyType()));
		}
		catch (RuntimeException | Error ex) {
			this.counters.increment(Counter.UNDECODABLE);
			request.completeExceptionally(ex);
		}
	}

	private void givenBack(PendingReply request, String reason) {
		if (reason.equals(EXPIRED)) {
			this.counters.increment(Counter.EXPIRED);
			request.completeExceptionally(
					new RequestExpiredException(this.settings.name(), this.service, request.elapsed()));
		}
		else {
			this.counters.increment(Counter.REJECTED);
			request.completeExceptionally(new RequestRejectedException(this.settings.name(), this.service, reason));
		}
	}

	/** There is no such service. */
	void returned(PendingReply request, String why) {
		fail(request, Counter.RETURNED, new SendException(Counter.RETURNED,
				"Endpoint '%s' finds no service '%s': %s".formatted(this.settings.name(), this.service, why)));
	}

	/** It cannot be sent at all. */
	void refused(PendingReply request, RuntimeException cause) {
		fail(request, Counter.REFUSED, new SendException(Counter.REFUSED,
				"Endpoint '%s' cannot send a request: %s".formatted(this.settings.name(), cause.getMessage()), cause));
	}

	/** Its connection was lost: nobody knows whether it was handled. */
	void lost(PendingReply request, @Nullable Throwable cause) {
		fail(request, Counter.DROPPED_LOST,
				new SendException(Counter.DROPPED_LOST,
						"Endpoint '%s' lost its connection after a request to service '%s' was sent"
							.formatted(this.settings.name(), this.service),
						cause));
	}

	/** It was not sent, and will not be. */
	void stopped(PendingReply request) {
		fail(request, Counter.DROPPED_LOST, new SendException(Counter.DROPPED_LOST,
				"Endpoint '%s' stopped before service '%s' has replied".formatted(this.settings.name(), this.service)));
	}

	/** Its time is up. */
	void timedOut(PendingReply request) {
		if (request.isDone()) {
			return;
		}
		String what = (request.isUnsent() ? "could not send the request to" : "got no reply of") + " service '"
				+ this.service + "'";
		fail(request, Counter.REQUEST_TIMEOUTS,
				new RequestTimeoutException(this.settings.name(), what, request.elapsed(), request.timeout()));
	}

	private void fail(PendingReply request, Counter counter, RuntimeException failure) {
		this.counters.increment(counter);
		try {
			this.settings.resources().worker().execute(() -> request.completeExceptionally(failure));
		}
		catch (RejectedExecutionException ex) {
			// the application is about to end
			request.completeExceptionally(failure);
		}
	}

}
