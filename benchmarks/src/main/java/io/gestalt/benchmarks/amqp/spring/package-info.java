/**
 * Contenders that are Spring Boot applications: with Gestalt, and without.
 */
@NullMarked
package io.gestalt.benchmarks.amqp.spring;

import org.jspecify.annotations.NullMarked;
