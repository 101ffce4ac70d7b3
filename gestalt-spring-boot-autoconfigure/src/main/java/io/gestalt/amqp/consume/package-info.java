/**
 * Consumers of queues: deliveries, acknowledgements, and how many consumers there are.
 */
@NullMarked
package io.gestalt.amqp.consume;

import org.jspecify.annotations.NullMarked;
