/**
 * The threads that endpoints share.
 */
@NullMarked
package io.gestalt.boot.transport;

import org.jspecify.annotations.NullMarked;
