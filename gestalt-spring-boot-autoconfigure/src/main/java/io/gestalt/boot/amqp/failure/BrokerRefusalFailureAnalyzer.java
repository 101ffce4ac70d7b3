package io.gestalt.boot.amqp.failure;

import io.gestalt.amqp.topology.BrokerRefusalException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which properties decide whether the broker lets an application in. */
final class BrokerRefusalFailureAnalyzer extends AbstractFailureAnalyzer<BrokerRefusalException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, BrokerRefusalException cause) {
		String action = String.valueOf(cause.getMessage()).contains("NOT_ALLOWED")
				? "Set 'spring.rabbitmq.virtual-host' to one that exists, or create it with 'rabbitmqctl add_vhost' and "
						+ "let the user in with 'rabbitmqctl set_permissions'."
				: "Set 'spring.rabbitmq.username' and 'spring.rabbitmq.password', or 'spring.rabbitmq.addresses' if the "
						+ "account is given there, to an account of that broker. RabbitMQ lets 'guest' in from its own "
						+ "machine only.";
		return new FailureAnalysis(String.valueOf(cause.getMessage()), action, cause);
	}

}
