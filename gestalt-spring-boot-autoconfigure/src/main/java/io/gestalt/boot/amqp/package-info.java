/** AMQP endpoints out of {@code gestalt.amqp}. */
@NullMarked
package io.gestalt.boot.amqp;

import org.jspecify.annotations.NullMarked;
