package io.gestalt.boot.amqp;

import io.gestalt.boot.amqp.AmqpEndpointProperties.Compatibility;
import io.gestalt.boot.amqp.SubscriberProperties.Mode;
import io.gestalt.boot.amqp.SubscriberProperties.QueueType;
import io.gestalt.boot.properties.PropertyLayers;

/** Which properties of what consumes do not go together. */
final class ConsumerRules {

	private ConsumerRules() {
	}

	static void check(PropertyLayers layers, SubscriberProperties own, Concurrency concurrency) {
		if (own.prefetch() != null) {
			AmqpEndpointFactory.positive(layers, "prefetch", own.prefetch());
		}
		AmqpEndpointFactory.positive(layers, "retry.attempts", own.retry().attempts());
		if (own.batch() != null) {
			AmqpEndpointFactory.positive(layers, "batch.size", own.batch().size());
		}
		checkQueue(layers, own);
		if (concurrency.max() > 1 && (own.mode() == Mode.EXCLUSIVE || own.queueType() == QueueType.STREAM)) {
			throw layers.invalid("concurrency", (from) -> own.concurrency(),
					(own.mode() == Mode.EXCLUSIVE) ? "an exclusive subscriber is one consumer"
							: "each consumer of a stream reads all of it",
					"Set '%s.concurrency' to '1'.".formatted(layers.prefix()));
		}
	}

	private static void checkQueue(PropertyLayers layers, SubscriberProperties own) {
		boolean passing = own.mode() == Mode.BROADCAST || own.compatibility() == Compatibility.PYTHON_GESTALT;
		if (passing && own.queueType() != null && own.queueType() != QueueType.CLASSIC) {
			throw layers.invalid("queue-type", (from) -> own.queueType(),
					"a queue that goes with its consumer is a classic one",
					"Remove the property, or set '%s.mode' to 'shared'; of a stream every instance reads all."
						.formatted(layers.prefix()));
		}
	}

	/** A log has no place for what expires, and Python's services are not replicated. */
	static void checkService(PropertyLayers layers, ResponderProperties own) {
		boolean python = own.compatibility() == Compatibility.PYTHON_GESTALT;
		if (own.queueType() == QueueType.STREAM || (python && own.queueType() != QueueType.CLASSIC)) {
			throw layers.invalid("queue-type", (from) -> own.queueType(),
					python ? "Python services have classic queues" : "requests expire, which streams cannot do",
					"Set '%s.queue-type' to 'classic'%s.".formatted(layers.prefix(), python ? "" : " or 'quorum'"));
		}
	}

}
