package io.gestalt.amqp.topology;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import io.gestalt.message.GestaltException;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/** A broker that answers, but does not let the application in. */
public final class BrokerRefusalException extends GestaltException {

	private BrokerRefusalException(String message, Throwable cause) {
		super(message, cause);
	}

	/** Throws what is no use to try again without a change; all else passes. */
	public static void check(Exception failure, ConnectionFactory factory) {
		if (failure instanceof TopologyException refusal) {
			throw refusal;
		}
		String reason = reason(failure);
		if (reason != null) {
			throw new BrokerRefusalException(
					"RabbitMQ at %s:%d does not let user '%s' into virtual host '%s': %s".formatted(factory.getHost(),
							factory.getPort(), factory.getUsername(), factory.getVirtualHost(), reason),
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
