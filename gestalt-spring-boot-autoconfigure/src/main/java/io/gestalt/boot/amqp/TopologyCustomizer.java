package io.gestalt.boot.amqp;

import io.gestalt.amqp.topology.Topology;

/**
 * Changes what an endpoint needs at the broker, such as the arguments of a queue, or adds
 * to it, such as the partitions of a super stream.
 */
@FunctionalInterface
public interface TopologyCustomizer {

	/**
	 * Looks at what an endpoint needs.
	 * @param endpoint name of the endpoint
	 * @param topology what follows from its properties
	 * @return what it needs indeed
	 */
	Topology customize(String endpoint, Topology topology);

}
