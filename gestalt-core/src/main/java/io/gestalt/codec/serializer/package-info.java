/**
 * One class per serialization format.
 */
@NullMarked
package io.gestalt.codec.serializer;

import org.jspecify.annotations.NullMarked;
