/**
 * A fleet that drives by itself, so that there is something to see at once.
 */
@NullMarked
package io.gestalt.sample.simulator;

import org.jspecify.annotations.NullMarked;
