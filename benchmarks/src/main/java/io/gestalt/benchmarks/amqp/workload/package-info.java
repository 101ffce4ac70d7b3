/**
 * What is sent over RabbitMQ, the same for all contenders.
 */
@NullMarked
package io.gestalt.benchmarks.amqp.workload;

import org.jspecify.annotations.NullMarked;
