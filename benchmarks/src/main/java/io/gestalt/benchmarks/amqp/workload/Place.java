package io.gestalt.benchmarks.amqp.workload;

/**
 * Where a contender works.
 *
 * @param broker address of RabbitMQ, such as {@code amqp://guest:guest@localhost:5672}
 * @param queue name of a classic, transient queue that is there, reached through the
 * default exchange; of a service with RPC
 * @param workload what it sends or handles
 */
public record Place(String broker, String queue, AmqpWorkload workload) {

}
