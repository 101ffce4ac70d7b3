/**
 * NMEA 0183 sentences, from text to values and back.
 */
@NullMarked
package io.gestalt.sample.nmea;

import org.jspecify.annotations.NullMarked;
