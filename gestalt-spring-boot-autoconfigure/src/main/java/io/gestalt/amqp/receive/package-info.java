/**
 * What becomes of messages that a subscriber is delivered: handlers, further attempts,
 * dead letters.
 */
@NullMarked
package io.gestalt.amqp.receive;

import org.jspecify.annotations.NullMarked;
