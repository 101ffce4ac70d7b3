/**
 * Ways to use RabbitMQ from Java.
 */
@NullMarked
package io.gestalt.benchmarks.amqp.contender;

import org.jspecify.annotations.NullMarked;
