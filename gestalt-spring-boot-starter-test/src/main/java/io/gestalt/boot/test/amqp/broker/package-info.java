/**
 * A small broker within the JVM that does what RabbitMQ does with the messages of
 * endpoints.
 */
@NullMarked
package io.gestalt.boot.test.amqp.broker;

import org.jspecify.annotations.NullMarked;
