/** Says in the context of the log which message a handler is at. */
@NullMarked
package io.gestalt.boot.logging;

import org.jspecify.annotations.NullMarked;
