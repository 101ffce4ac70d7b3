/**
 * How single messages are observed, by whoever wants to; without it, this costs nothing.
 */
@NullMarked
package io.gestalt.observation;

import org.jspecify.annotations.NullMarked;
