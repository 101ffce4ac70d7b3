package io.gestalt.boot.amqp;

import java.time.Duration;
import java.util.List;

import io.gestalt.amqp.settings.SubscriberOptions.Ack;
import io.gestalt.boot.properties.CodecProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An endpoint that handles what an exchange brings.
 *
 * @param exchange name of the exchange (default the name of the endpoint)
 * @param exchangeType topic, direct, fanout, headers, or what a plug-in offers
 * @param routingKeys which messages
 * @param mode with whom the messages are shared
 * @param group who shares the work, part of the queue's name (default
 * spring.application.name, else the name of the endpoint)
 * @param queueName name of the queue (default made of exchange and group, and of the name
 * of the endpoint if no group is set); the names of broadcast and Python queues only
 * begin so
 * @param queueType what keeps the messages (default quorum if the work is shared, else
 * classic)
 * @param offset where reading of a stream begins: first, last, next, a number or a time
 * such as 2026-01-31T12:00:00Z
 * @param singleActiveConsumer whether only one consumer at a time gets messages, so that
 * their order holds over all instances
 * @param prefetch how many unacknowledged messages a consumer may have (default 250, as
 * the Python package has it 1)
 * @param concurrency how many consumers there are, such as 4 or 1-4; more than one gives
 * up the order of messages
 * @param ack when a message is acknowledged
 * @param batch how messages are collected for a handler that takes a list
 * @param retry how often and when a failed message is tried again
 * @param deadLetter where messages go that failed for good
 * @param codec how values become bytes; what arrives is decoded as its headers say
 * @param compatibility whose exchanges and queues the endpoint agrees with
 * @param sendTimeout how long a dead letter may take to be confirmed (default 5s)
 * @param required whether the application is ready only while the endpoint is (default
 * true)
 * @param autoStartup whether the endpoint opens when the application starts (default
 * true)
 */
public record SubscriberProperties(@Nullable String exchange, @DefaultValue("topic") String exchangeType,
		@DefaultValue("#") List<String> routingKeys, @DefaultValue("shared") Mode mode, @Nullable String group,
		@Nullable String queueName, @Nullable QueueType queueType, @Nullable String offset,
		@DefaultValue("false") boolean singleActiveConsumer, @Nullable Integer prefetch,
		@DefaultValue("1") String concurrency, @DefaultValue("after") Ack ack, @Nullable BatchProperties batch,
		@DefaultValue RetryProperties retry, @DefaultValue DeadLetterProperties deadLetter,
		@DefaultValue CodecProperties codec, @DefaultValue("none") Compatibility compatibility,
		@Nullable Duration sendTimeout, @Nullable Boolean required,
		@Nullable Boolean autoStartup) implements AmqpEndpointProperties {

	/** With whom messages are shared. */
	public enum Mode {

		/** Each message goes to one member of the group. */
		SHARED,
		/** Each message goes to every instance, while it is there. */
		BROADCAST,
		/** One instance alone gets the messages. */
		EXCLUSIVE

	}

	/** What keeps messages. */
	public enum QueueType {

		/** One node. */
		CLASSIC,
		/** Several nodes that agree. */
		QUORUM,
		/** A log that can be read many times. */
		STREAM

	}

	/**
	 * How messages are collected for a handler that takes a list.
	 *
	 * @param size how many are handled together
	 * @param timeout how long to wait for that many
	 */
	public record BatchProperties(@DefaultValue("100") int size, @DefaultValue("1s") Duration timeout) {
	}

	/**
	 * How often and when a failed message is tried again.
	 *
	 * @param attempts how many attempts there are, the first one included
	 * @param initialInterval wait before the second attempt
	 * @param multiplier by what the wait grows
	 * @param maxInterval what it grows to
	 */
	public record RetryProperties(@DefaultValue("3") int attempts, @DefaultValue("1s") Duration initialInterval,
			@DefaultValue("2") double multiplier, @DefaultValue("10s") Duration maxInterval) {
	}

	/**
	 * Where messages go that failed for good.
	 *
	 * @param enabled whether they are kept; else they are rejected
	 * @param exchange name of the exchange
	 * @param queue name of the queue (default the queue of the subscriber and
	 * .dead-letter)
	 */
	public record DeadLetterProperties(@DefaultValue("true") boolean enabled,
			@DefaultValue("gestalt.dead-letter") String exchange, @Nullable String queue) {
	}

}
