/**
 * Work that is done once, several times or forever, at times that a clock tells.
 */
@NullMarked
package io.gestalt.timer;

import org.jspecify.annotations.NullMarked;
