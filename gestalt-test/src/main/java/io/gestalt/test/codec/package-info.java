/**
 * Contracts that every serializer and every compressor must pass.
 */
@NullMarked
package io.gestalt.test.codec;

import org.jspecify.annotations.NullMarked;
