/** Failed messages through Boot's actuator. */
@NullMarked
package io.gestalt.boot.failed.actuate;

import org.jspecify.annotations.NullMarked;
