/**
 * TCP endpoints from {@code gestalt.tcp}.
 */
@NullMarked
package io.gestalt.boot.tcp;

import org.jspecify.annotations.NullMarked;
