/**
 * The vehicles, where they were last, and what was refused.
 */
@NullMarked
package io.gestalt.sample.fleet;

import org.jspecify.annotations.NullMarked;
