/**
 * What all comparisons share: processes, flags, medians and the page that is written.
 */
@NullMarked
package io.gestalt.benchmarks.run;

import org.jspecify.annotations.NullMarked;
