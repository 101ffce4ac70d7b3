/** Counts, times and traces the runs of timers with Micrometer. */
@NullMarked
package io.gestalt.boot.timer.metrics;

import org.jspecify.annotations.NullMarked;
