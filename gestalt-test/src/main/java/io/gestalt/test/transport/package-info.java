/**
 * What every transport of endpoints must pass, for ours and for yours.
 */
@NullMarked
package io.gestalt.test.transport;

import org.jspecify.annotations.NullMarked;
