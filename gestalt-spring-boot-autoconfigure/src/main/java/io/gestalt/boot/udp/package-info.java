/**
 * UDP endpoints from {@code gestalt.udp}.
 */
@NullMarked
package io.gestalt.boot.udp;

import org.jspecify.annotations.NullMarked;
