/**
 * Time that tests control.
 */
@NullMarked
package io.gestalt.test.time;

import org.jspecify.annotations.NullMarked;
