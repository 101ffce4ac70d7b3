/**
 * Positions as a topic, and questions as a service, on RabbitMQ.
 */
@NullMarked
package io.gestalt.sample.amqp;

import org.jspecify.annotations.NullMarked;
