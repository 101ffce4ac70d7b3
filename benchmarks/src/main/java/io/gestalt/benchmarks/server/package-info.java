/**
 * The contenders.
 */
@NullMarked
package io.gestalt.benchmarks.server;

import org.jspecify.annotations.NullMarked;
