/**
 * The process that hosts one contender, and what it has used.
 */
@NullMarked
package io.gestalt.benchmarks.server.process;

import org.jspecify.annotations.NullMarked;
