/** A channel that is kept open, and the broker as a peer. */
@NullMarked
package io.gestalt.amqp.channel;

import org.jspecify.annotations.NullMarked;
