/** What to do when RabbitMQ refuses an application, or what its endpoints need. */
@NullMarked
package io.gestalt.boot.amqp.failure;

import org.jspecify.annotations.NullMarked;
