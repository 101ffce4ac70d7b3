package io.gestalt.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import io.gestalt.message.GestaltException;
import org.jspecify.annotations.Nullable;

/** A broker that answers, but does not let the application in. */
public final class BrokerRefusalException extends GestaltException {

	private BrokerRefusalException(String message, Throwable cause) {
		super(message, cause);
	}

	/** Throws what is no use to try again without a change; all else passes. */
	static void check(Exception failure) {
		if (failure instanceof TopologyException refusal) {
			throw refusal;
		}
		String reason = reason(failure);
		if (reason != null) {
			throw new BrokerRefusalException("RabbitMQ does not let this application in: %s".formatted(reason),
					failure);
		}
	}

	private static @Nullable String reason(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof AuthenticationFailureException
					|| cause instanceof PossibleAuthenticationFailureException) {
				return String.valueOf(cause.getMessage());
			}
			if (cause instanceof ShutdownSignalException signal
					&& signal.getReason() instanceof AMQP.Connection.Close close
					&& close.getReplyCode() == AMQP.NOT_ALLOWED) {
				return close.getReplyText();
			}
		}
		return null;
	}

}
