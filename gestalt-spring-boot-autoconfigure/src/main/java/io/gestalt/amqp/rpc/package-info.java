/** Requests and replies, on both sides. */
@NullMarked
package io.gestalt.amqp.rpc;

import org.jspecify.annotations.NullMarked;
