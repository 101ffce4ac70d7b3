/**
 * What is known of the consumers of a queue: whether they consume, and how many there are
 * and should be.
 */
@NullMarked
package io.gestalt.amqp.consume.state;

import org.jspecify.annotations.NullMarked;
