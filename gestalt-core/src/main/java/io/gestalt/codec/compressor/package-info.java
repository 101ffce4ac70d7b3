/**
 * One class per compression format, every one of them bounded by the size of what comes
 * out.
 */
@NullMarked
package io.gestalt.codec.compressor;

import org.jspecify.annotations.NullMarked;
