/**
 * Framed connections over real transports, with bounded queues in both directions.
 */
@NullMarked
package io.gestalt.transport;

import org.jspecify.annotations.NullMarked;
