/** Observes messages with Micrometer: timers, traces, and what the log says beside. */
@NullMarked
package io.gestalt.boot.observation;

import org.jspecify.annotations.NullMarked;
