/**
 * The properties that all endpoints share, and how they are layered.
 */
@NullMarked
package io.gestalt.boot.properties;

import org.jspecify.annotations.NullMarked;
