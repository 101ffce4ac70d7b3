/**
 * Runs servers and clients as processes of their own, side by side, and reports medians.
 */
@NullMarked
package io.gestalt.benchmarks;

import org.jspecify.annotations.NullMarked;
