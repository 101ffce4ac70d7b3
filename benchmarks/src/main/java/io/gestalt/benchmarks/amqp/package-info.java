/**
 * Lets ways to use RabbitMQ play by turns on one broker, each in processes of its own.
 */
@NullMarked
package io.gestalt.benchmarks.amqp;

import org.jspecify.annotations.NullMarked;
