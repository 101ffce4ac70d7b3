/**
 * Avro, which brings a model of its own.
 */
@NullMarked
package io.gestalt.codec.avro;

import org.jspecify.annotations.NullMarked;
