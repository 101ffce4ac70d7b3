/**
 * Endpoints start and stop with the application.
 */
@NullMarked
package io.gestalt.boot.lifecycle;

import org.jspecify.annotations.NullMarked;
