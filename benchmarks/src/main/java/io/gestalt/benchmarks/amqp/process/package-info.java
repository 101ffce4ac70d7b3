/**
 * The process of a contender, and what it is put to.
 */
@NullMarked
package io.gestalt.benchmarks.amqp.process;

import org.jspecify.annotations.NullMarked;
