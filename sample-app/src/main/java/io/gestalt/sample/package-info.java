/**
 * A fleet tracker: vehicles report where they are, and anyone may ask.
 */
@NullMarked
package io.gestalt.sample;

import org.jspecify.annotations.NullMarked;
