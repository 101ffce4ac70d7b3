/**
 * Values to bytes and back: serializers, compressors and the chain of both.
 */
@NullMarked
package io.gestalt.codec;

import org.jspecify.annotations.NullMarked;
