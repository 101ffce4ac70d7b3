package io.gestalt.amqp.settings;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How a subscriber consumes.
 *
 * @param queue name of its queue
 * @param exclusive whether it tolerates no other consumer
 * @param consumerArguments such as {@code x-stream-offset}
 * @param prefetch how many unacknowledged messages a consumer may have
 * @param minConcurrency how many consumers there are
 * @param maxConcurrency how many there may be under load
 * @param ack when a message is acknowledged
 * @param batch how messages are collected, {@code null} if each is handled by itself
 * @param retry how often and when a failed message is tried again
 * @param deadLetter where messages go that failed for good, {@code null} if they are
 * rejected
 */
public record SubscriberOptions(String queue, boolean exclusive, Map<String, Object> consumerArguments, int prefetch,
		int minConcurrency, int maxConcurrency, Ack ack, @Nullable Batch batch, Retry retry,
		@Nullable DeadLetter deadLetter) {

	/** When a message is acknowledged. */
	public enum Ack {

		/** After its handler is done, its future too. */
		AFTER,
		/** When the handler says so. */
		MANUAL,
		/** Before its handler begins: it is lost if that fails. */
		FIRST

	}

	/**
	 * Messages that are handled together.
	 *
	 * @param size how many
	 * @param timeout how long to wait for that many
	 */
	public record Batch(int size, Duration timeout) {
	}

	/**
	 * Attempts in place.
	 *
	 * @param attempts how many there are, the first one included
	 * @param initialInterval wait before the second
	 * @param multiplier by what it grows
	 * @param maxInterval what it grows to
	 */
	public record Retry(int attempts, Duration initialInterval, double multiplier, Duration maxInterval) {

		/** The wait after so many failures, at least one. */
		public Duration delay(int failures) {
			double millis = this.initialInterval.toMillis() * Math.pow(this.multiplier, Math.min(failures - 1, 1000));
			return Duration.ofMillis((long) Math.min(millis, (double) this.maxInterval.toMillis()));
		}

	}

	/**
	 * Where failed messages go.
	 *
	 * @param exchange name of the exchange
	 * @param routingKey under which they are published there
	 * @param queue where they wait to be looked at
	 */
	public record DeadLetter(String exchange, String routingKey, String queue) {
	}

}
