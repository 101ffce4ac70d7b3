/**
 * From the words of the configuration to framings, serializers and compressors.
 */
@NullMarked
package io.gestalt.boot.codec;

import org.jspecify.annotations.NullMarked;
