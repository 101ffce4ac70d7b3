/**
 * Lets no property under {@code gestalt} go unread.
 */
@NullMarked
package io.gestalt.boot.unknown;

import org.jspecify.annotations.NullMarked;
