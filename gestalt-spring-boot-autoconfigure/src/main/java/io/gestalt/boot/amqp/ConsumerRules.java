package io.gestalt.boot.amqp;

import java.time.Duration;

import io.gestalt.boot.amqp.AmqpEndpointProperties.Compatibility;
import io.gestalt.boot.amqp.SubscriberProperties.Mode;
import io.gestalt.boot.amqp.SubscriberProperties.QueueType;
import io.gestalt.boot.amqp.SubscriberProperties.RetryProperties;
import io.gestalt.boot.properties.PropertyLayers;

/** Which properties of what consumes do not go together. */
final class ConsumerRules {

	private ConsumerRules() {
	}

	static void check(PropertyLayers layers, SubscriberProperties own, Concurrency concurrency) {
		if (own.prefetch() != null) {
			AmqpEndpointFactory.positive(layers, "prefetch", own.prefetch());
		}
		if (own.batch() != null) {
			AmqpEndpointFactory.positive(layers, "batch.size", own.batch().size());
			positive(layers, "batch.timeout", own.batch().timeout());
		}
		checkRetry(layers, own.retry());
		checkQueue(layers, own);
		if (concurrency.max() > 1 && (own.mode() == Mode.EXCLUSIVE || own.queueType() == QueueType.STREAM)) {
			throw layers.invalid("concurrency", (from) -> own.concurrency(),
					(own.mode() == Mode.EXCLUSIVE) ? "an exclusive subscriber is one consumer"
							: "each consumer of a stream reads all of it",
					"Set '%s.concurrency' to '1'.".formatted(layers.prefix()));
		}
	}

	private static void checkRetry(PropertyLayers layers, RetryProperties retry) {
		AmqpEndpointFactory.positive(layers, "retry.attempts", retry.attempts());
		positive(layers, "retry.initial-interval", retry.initialInterval());
		if (!(retry.multiplier() >= 1)) {
			throw layers.invalid("retry.multiplier", (from) -> retry.multiplier(), "the wait would shrink",
					"Set it to 1 or more.");
		}
		if (retry.maxInterval().compareTo(retry.initialInterval()) < 0) {
			throw layers.invalid("retry.max-interval", (from) -> retry.maxInterval(),
					"it is shorter than 'retry.initial-interval', which is %s".formatted(retry.initialInterval()),
					"Set it to that time or more.",
					"Set '%s.retry.initial-interval' to less.".formatted(layers.prefix()));
		}
	}

	private static void positive(PropertyLayers layers, String property, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw layers.invalid(property, (from) -> value, "it is not positive", "Set a time such as '1s'.");
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
