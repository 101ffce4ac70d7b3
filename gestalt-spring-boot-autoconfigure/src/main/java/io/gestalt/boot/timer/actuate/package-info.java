/** Shows and operates timers through the actuator. */
@NullMarked
package io.gestalt.boot.timer.actuate;

import org.jspecify.annotations.NullMarked;
