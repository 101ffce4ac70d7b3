package io.gestalt.boot.amqp.failure;

import java.util.List;
import java.util.Map;

import io.gestalt.amqp.topology.TopologyException;
import io.gestalt.amqp.topology.TopologyException.Difference;
import io.gestalt.boot.amqp.AmqpProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Says how to agree with a broker that has something else than an endpoint needs. */
final class TopologyFailureAnalyzer extends AbstractFailureAnalyzer<TopologyException> {

	/** Which property an argument follows from. */
	private static final Map<String, String> PROPERTIES = Map.of("type", "exchange-type", "durable", "compatibility",
			"exclusive", "mode", "auto_delete", "mode", "x-queue-type", "queue-type", "x-single-active-consumer",
			"single-active-consumer", "x-dead-letter-exchange", "dead-letter.exchange", "x-dead-letter-routing-key",
			"dead-letter.enabled");

	private static final List<String> ROLES = List.of(AmqpProperties.PUBLISHERS, AmqpProperties.SUBSCRIBERS,
			AmqpProperties.REQUESTERS, AmqpProperties.RESPONDERS);

	private final Environment environment;

	TopologyFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, TopologyException cause) {
		Difference difference = cause.difference();
		return (difference != null) ? differs(cause, difference) : missing(cause);
	}

	private FailureAnalysis differs(TopologyException cause, Difference difference) {
		String description = "Endpoint '%s' needs %s with '%s' %s, but RabbitMQ has it with '%s' %s.".formatted(
				cause.endpoint(), cause.element(), difference.argument(), difference.wanted(), difference.argument(),
				difference.actual());
		String prefix = prefix(cause.endpoint());
		String property = PROPERTIES.get(difference.argument());
		String change = (property != null) ? "Set '%s.%s' so that both agree".formatted(prefix, property)
				: "Correct the argument with a bean of type TopologyCustomizer";
		String action = """
				- %s, or give it another name under '%s'.
				- If nobody else needs it as it is, delete it at the broker%s; it is declared anew at the next start.
				- To use it as it is, set 'gestalt.amqp.topology' to 'verify' (it must exist) or 'none'."""
			.formatted(change, prefix, delete(cause.element()));
		return new FailureAnalysis(description, action, cause);
	}

	private static String delete(String element) {
		return element.startsWith("queue ")
				? " with 'rabbitmqctl delete_queue %s', which loses the messages in it".formatted(name(element)) : "";
	}

	private static String name(String element) {
		return element.substring(element.indexOf('\'') + 1, element.lastIndexOf('\''));
	}

	private FailureAnalysis missing(TopologyException cause) {
		boolean absent = String.valueOf(cause.getMessage()).contains("NOT_FOUND");
		String action = absent
				? "Create it at the broker, or set 'gestalt.amqp.topology' to 'declare', and it is created at the start."
				: "Let the broker permit it, or set 'gestalt.amqp.topology' to 'verify' or 'none', and correct the "
						+ "properties under '%s'.".formatted(prefix(cause.endpoint()));
		return new FailureAnalysis(cause.getMessage() + ".", action, cause);
	}

	private String prefix(@Nullable String endpoint) {
		Binder binder = Binder.get(this.environment);
		return ROLES.stream()
			.filter((role) -> endpoint != null && binder.bind(role, Bindable.mapOf(String.class, Object.class))
				.orElse(Map.of())
				.containsKey(endpoint))
			.findFirst()
			.map((role) -> role + "." + endpoint)
			.orElse("gestalt.amqp");
	}

}
