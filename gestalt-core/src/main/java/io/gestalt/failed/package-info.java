/**
 * Messages that could not be decoded or handled: one bounded store for all endpoints, and
 * what can be done with them.
 */
@NullMarked
package io.gestalt.failed;

import org.jspecify.annotations.NullMarked;
