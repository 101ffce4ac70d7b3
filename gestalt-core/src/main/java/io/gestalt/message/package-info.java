/**
 * The words that all parts share: messages, peers, handlers, message types.
 */
@NullMarked
package io.gestalt.message;

import org.jspecify.annotations.NullMarked;
