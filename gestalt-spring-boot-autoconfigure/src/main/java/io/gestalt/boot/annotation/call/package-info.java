/**
 * Methods of beans, called as handlers.
 */
@NullMarked
package io.gestalt.boot.annotation.call;

import org.jspecify.annotations.NullMarked;
