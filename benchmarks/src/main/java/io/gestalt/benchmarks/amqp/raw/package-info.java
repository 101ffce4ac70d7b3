/**
 * The baseline: the client library without anything above it.
 */
@NullMarked
package io.gestalt.benchmarks.amqp.raw;

import org.jspecify.annotations.NullMarked;
