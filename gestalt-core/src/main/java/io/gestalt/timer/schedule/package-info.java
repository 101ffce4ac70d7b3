/**
 * When timers tick: pure functions of the time.
 */
@NullMarked
package io.gestalt.timer.schedule;

import org.jspecify.annotations.NullMarked;
