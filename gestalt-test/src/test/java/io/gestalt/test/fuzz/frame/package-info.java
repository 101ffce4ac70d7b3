/**
 * Coverage-guided fuzz targets, one for each framing.
 */
@NullMarked
package io.gestalt.test.fuzz.frame;

import org.jspecify.annotations.NullMarked;
