/**
 * What is measured: the shape of the traffic and of each message.
 */
@NullMarked
package io.gestalt.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
