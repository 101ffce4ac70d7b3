/** Peers of AMQP endpoints, and what they see of messages that a broker keeps. */
@NullMarked
package io.gestalt.boot.test.amqp;

import org.jspecify.annotations.NullMarked;
