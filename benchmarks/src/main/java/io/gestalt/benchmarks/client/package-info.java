/**
 * The load generator, the same for all contenders.
 */
@NullMarked
package io.gestalt.benchmarks.client;

import org.jspecify.annotations.NullMarked;
