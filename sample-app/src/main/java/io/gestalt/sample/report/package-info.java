/**
 * Compact position reports in Protobuf.
 */
@NullMarked
package io.gestalt.sample.report;

import org.jspecify.annotations.NullMarked;
