/** Keeps failed messages, in memory and in a file. */
@NullMarked
package io.gestalt.failed.store;

import org.jspecify.annotations.NullMarked;
