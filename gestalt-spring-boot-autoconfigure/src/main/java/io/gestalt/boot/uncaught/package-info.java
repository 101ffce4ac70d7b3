/**
 * What becomes of errors that nobody has handled.
 */
@NullMarked
package io.gestalt.boot.uncaught;

import org.jspecify.annotations.NullMarked;
