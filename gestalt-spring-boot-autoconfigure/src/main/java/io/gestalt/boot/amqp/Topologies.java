package io.gestalt.boot.amqp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.gestalt.amqp.settings.SubscriberOptions.DeadLetter;
import io.gestalt.amqp.topology.Topology;
import io.gestalt.amqp.topology.Topology.Binding;
import io.gestalt.amqp.topology.Topology.Exchange;
import io.gestalt.amqp.topology.Topology.Queue;
import io.gestalt.boot.amqp.AmqpEndpointProperties.Compatibility;
import io.gestalt.boot.amqp.SubscriberProperties.Mode;
import io.gestalt.boot.amqp.SubscriberProperties.QueueType;
import io.gestalt.boot.support.Words;
import org.jspecify.annotations.Nullable;

/** Which exchanges, queues and bindings follow from the properties of an endpoint. */
final class Topologies {

	/** Through which requests come back that were rejected or expired. */
	static final String RETURNS = "gestalt.rpc.returns";

	static final String PYTHON_RETURNS = "rpc.dlx";

	/**
	 * How often a message may go back to its queue, say because it ends the JVM. Attempts
	 * of a handler do not count. The default of RabbitMQ 4.
	 */
	private static final int DELIVERY_LIMIT = 20;

	private Topologies() {
	}

	/** What a publisher needs. */
	static Topology publisher(String exchange, PublisherProperties properties) {
		return new Topology(exchanges(exchange, properties.exchangeType(), properties.compatibility()), List.of(),
				List.of());
	}

	private static List<Exchange> exchanges(String name, String type, Compatibility compatibility) {
		boolean predeclared = name.isEmpty() || name.startsWith("amq.");
		boolean durable = compatibility == Compatibility.NONE;
		return predeclared ? List.of() : List.of(new Exchange(name, type, durable, false, Map.of()));
	}

	/** What a subscriber needs. */
	static Topology subscriber(String exchange, String queue, SubscriberProperties properties,
			@Nullable DeadLetter deadLetter) {
		List<Exchange> exchanges = new ArrayList<>(
				exchanges(exchange, properties.exchangeType(), properties.compatibility()));
		List<Queue> queues = new ArrayList<>(List.of(queue(queue, properties, deadLetter)));
		List<Binding> bindings = new ArrayList<>();
		if (!exchange.isEmpty()) {
			properties.routingKeys().forEach((key) -> bindings.add(new Binding(exchange, queue, key, Map.of())));
		}
		if (deadLetter != null) {
			exchanges.add(new Exchange(deadLetter.exchange(), "direct", true, false, Map.of()));
			queues.add(new Queue(deadLetter.queue(), true, false, false, Map.of()));
			bindings.add(new Binding(deadLetter.exchange(), deadLetter.queue(), deadLetter.routingKey(), Map.of()));
		}
		return new Topology(exchanges, queues, bindings);
	}

	private static Queue queue(String name, SubscriberProperties properties, @Nullable DeadLetter deadLetter) {
		boolean passing = properties.mode() == Mode.BROADCAST;
		if (properties.compatibility() == Compatibility.PYTHON_GESTALT) {
			return new Queue(name, false, true, false, Map.of());
		}
		Map<String, Object> arguments = new HashMap<>();
		arguments.put("x-queue-type", Words.constant(queueType(properties)));
		if (queueType(properties) == QueueType.QUORUM) {
			arguments.put("x-delivery-limit", DELIVERY_LIMIT);
		}
		if (deadLetter != null) {
			arguments.put("x-dead-letter-exchange", deadLetter.exchange());
			arguments.put("x-dead-letter-routing-key", deadLetter.routingKey());
		}
		if (properties.singleActiveConsumer()
				|| (properties.mode() == Mode.EXCLUSIVE && !exclusiveConsumer(properties))) {
			arguments.put("x-single-active-consumer", true);
		}
		return new Queue(name, !passing, passing, passing, arguments);
	}

	/** Quorum queues ignore that a consumer is exclusive, but can keep others waiting. */
	static boolean exclusiveConsumer(SubscriberProperties properties) {
		return properties.mode() == Mode.EXCLUSIVE && queueType(properties) == QueueType.CLASSIC;
	}

	/** Only a queue that outlives its consumer can be replicated. */
	static QueueType queueType(SubscriberProperties properties) {
		QueueType chosen = properties.queueType();
		if (chosen != null) {
			return chosen;
		}
		return (properties.mode() == Mode.BROADCAST) ? QueueType.CLASSIC : QueueType.QUORUM;
	}

	/** What a requester needs; its own queue for replies is its own affair. */
	static Topology requester(RequesterProperties properties) {
		List<Exchange> exchanges = new ArrayList<>(services(properties.exchange()));
		exchanges.add(returns(properties.compatibility()));
		return new Topology(exchanges, List.of(), List.of());
	}

	/** What a responder needs. */
	static Topology responder(String service, ResponderProperties properties) {
		boolean python = properties.compatibility() == Compatibility.PYTHON_GESTALT;
		Exchange returns = returns(properties.compatibility());
		List<Exchange> exchanges = new ArrayList<>(services(properties.exchange()));
		exchanges.add(returns);
		Queue queue = new Queue(service, !python, false, python, Map.of("x-dead-letter-exchange", returns.name()));
		List<Binding> bindings = properties.exchange().isEmpty() ? List.of()
				: List.of(new Binding(properties.exchange(), service, service, Map.of()));
		return new Topology(exchanges, List.of(queue), bindings);
	}

	private static List<Exchange> services(String name) {
		return exchanges(name, "direct", Compatibility.NONE);
	}

	private static Exchange returns(Compatibility compatibility) {
		return (compatibility == Compatibility.PYTHON_GESTALT)
				? new Exchange(PYTHON_RETURNS, "headers", false, true, Map.of())
				: new Exchange(RETURNS, "headers", true, false, Map.of());
	}

}
