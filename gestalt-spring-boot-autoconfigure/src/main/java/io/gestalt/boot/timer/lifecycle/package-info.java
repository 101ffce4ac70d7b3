/**
 * Timers start and stop with the application, and say so.
 */
@NullMarked
package io.gestalt.boot.timer.lifecycle;

import org.jspecify.annotations.NullMarked;
