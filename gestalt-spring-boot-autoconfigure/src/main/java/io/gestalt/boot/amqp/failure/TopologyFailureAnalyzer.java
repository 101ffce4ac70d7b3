package io.gestalt.boot.amqp.failure;

import java.util.List;
import java.util.Map;

import io.gestalt.amqp.topology.TopologyException;
import io.gestalt.amqp.topology.TopologyException.Difference;
import io.gestalt.boot.amqp.AmqpProperties;
import io.gestalt.boot.amqp.SubscriberProperties;
import io.gestalt.boot.amqp.SubscriberProperties.DeadLetterProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Says how to agree with a broker that has something else than an endpoint needs. */
final class TopologyFailureAnalyzer extends AbstractFailureAnalyzer<TopologyException> {

	/** Which property of what publishes or subscribes an argument follows from. */
	private static final Map<String, String> TOPICS = Map.of("type", "exchange-type", "durable", "compatibility",
			"exclusive", "mode", "auto_delete", "mode", "x-queue-type", "queue-type", "x-single-active-consumer",
			"single-active-consumer", "x-dead-letter-exchange", "dead-letter.exchange", "x-dead-letter-routing-key",
			"dead-letter.enabled", "x-dead-letter-strategy", "dead-letter.enabled", "x-overflow",
			"dead-letter.enabled");

	/** The same of services and those who ask them. */
	private static final Map<String, String> SERVICES = Map.of("durable", "compatibility", "auto_delete",
			"compatibility", "x-dead-letter-exchange", "compatibility", "x-queue-type", "queue-type");

	private static final String QUEUE = "queue ";

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
		String action = """
				- %s.
				- If nobody else needs it as it is, delete it at the broker%s; it is declared anew at the next start.
				- To use it as it is, set 'gestalt.amqp.topology' to 'verify' (it must exist) or 'none'."""
			.formatted(change(cause, difference.argument()), delete(cause.element()));
		return new FailureAnalysis(description, action, cause);
	}

	private String change(TopologyException cause, String argument) {
		String prefix = prefix(cause.endpoint());
		String naming = naming(cause);
		if (naming != null) {
			return "Give it another name with '%s.%s'".formatted(prefix, naming);
		}
		boolean service = prefix.startsWith(AmqpProperties.REQUESTERS) || prefix.startsWith(AmqpProperties.RESPONDERS);
		String property = (service ? SERVICES : TOPICS).get(argument);
		String change = (property != null) ? "Set '%s.%s' so that both agree".formatted(prefix, property)
				: "Correct the argument with a bean of type TopologyCustomizer";
		return "%s, or give it another name under '%s'".formatted(change, prefix);
	}

	/** Of what is for dead letters nothing but the name can be chosen. */
	private @Nullable String naming(TopologyException cause) {
		SubscriberProperties subscriber = Binder.get(this.environment)
			.bind(AmqpProperties.SUBSCRIBERS, Bindable.mapOf(String.class, SubscriberProperties.class))
			.orElse(Map.of())
			.get(cause.endpoint());
		if (subscriber == null) {
			return null;
		}
		DeadLetterProperties letters = subscriber.deadLetter();
		String name = name(cause.element());
		if (cause.element().startsWith(QUEUE)) {
			boolean kept = (letters.queue() != null) ? name.equals(letters.queue()) : name.endsWith(".dead-letter");
			return kept ? "dead-letter.queue" : null;
		}
		return name.equals(letters.exchange()) ? "dead-letter.exchange" : null;
	}

	private static String delete(String element) {
		return element.startsWith(QUEUE)
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
