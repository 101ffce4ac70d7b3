/** Connections to RabbitMQ, which the endpoints of an application share. */
@NullMarked
package io.gestalt.amqp.connection;

import org.jspecify.annotations.NullMarked;
