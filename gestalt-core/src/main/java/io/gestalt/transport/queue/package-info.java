/** What waits to be sent: bounded queues of frames, and the budget that they share. */
@NullMarked
package io.gestalt.transport.queue;

import org.jspecify.annotations.NullMarked;
