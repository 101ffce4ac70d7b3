/**
 * From an arrived message to the handler and back: decoding, order, concurrency,
 * failures.
 */
@NullMarked
package io.gestalt.dispatch;

import org.jspecify.annotations.NullMarked;
