/** Peers of TCP and UDP endpoints. */
@NullMarked
package io.gestalt.boot.test.socket;

import org.jspecify.annotations.NullMarked;
