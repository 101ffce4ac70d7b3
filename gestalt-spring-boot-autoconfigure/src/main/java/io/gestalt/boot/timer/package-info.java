/**
 * Timers of the application, by properties and by annotated methods.
 */
@NullMarked
package io.gestalt.boot.timer;

import org.jspecify.annotations.NullMarked;
