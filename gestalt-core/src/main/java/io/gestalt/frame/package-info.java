/**
 * Where a message begins and ends in a stream of bytes.
 */
@NullMarked
package io.gestalt.frame;

import org.jspecify.annotations.NullMarked;
