/**
 * The contenders and the process that hosts one of them.
 */
@NullMarked
package io.gestalt.benchmarks.server;

import org.jspecify.annotations.NullMarked;
