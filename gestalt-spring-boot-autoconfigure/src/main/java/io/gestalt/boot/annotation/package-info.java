/**
 * Annotations on the application's beans, and the one place that reads them and turns
 * methods into message handlers.
 */
@NullMarked
package io.gestalt.boot.annotation;

import org.jspecify.annotations.NullMarked;
