/**
 * What every framing must pass, for ours and for yours.
 */
@NullMarked
package io.gestalt.test.frame;

import org.jspecify.annotations.NullMarked;
