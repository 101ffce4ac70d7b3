/** Shows in Micrometer's meters what endpoints count. */
@NullMarked
package io.gestalt.boot.metrics;

import org.jspecify.annotations.NullMarked;
