/**
 * How much waits for handlers, in one lane and in all lanes of an endpoint together.
 */
@NullMarked
package io.gestalt.dispatch.backlog;

import org.jspecify.annotations.NullMarked;
