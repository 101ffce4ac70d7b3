package io.gestalt.amqp.consume;

import java.util.Map;

/**
 * What is consumed, and by how many.
 *
 * @param queue name of the queue
 * @param exclusive whether no other consumer is tolerated
 * @param arguments of the consumers, such as {@code x-stream-offset}
 * @param prefetch how many unsettled messages a consumer may have
 * @param minConcurrency how many consumers there are
 * @param maxConcurrency how many there may be under load
 * @param direct whether handlers run on the thread that delivers, as they never block
 */
public record ConsumptionOptions(String queue, boolean exclusive, Map<String, Object> arguments, int prefetch,
		int minConcurrency, int maxConcurrency, boolean direct) {
}
