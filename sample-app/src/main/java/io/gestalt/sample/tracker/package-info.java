/**
 * What arrives, in either format, becomes a position of the fleet.
 */
@NullMarked
package io.gestalt.sample.tracker;

import org.jspecify.annotations.NullMarked;
