/** Exchanges, queues and bindings, and what a broker may refuse. */
@NullMarked
package io.gestalt.amqp.topology;

import org.jspecify.annotations.NullMarked;
