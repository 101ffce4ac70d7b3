/**
 * Conversations through RabbitMQ (AMQP 0-9-1), on spring-rabbit and without any type of
 * Spring Boot.
 */
@NullMarked
package io.gestalt.amqp;

import org.jspecify.annotations.NullMarked;
