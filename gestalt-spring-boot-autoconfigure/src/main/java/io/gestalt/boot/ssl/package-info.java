/**
 * TLS from Spring Boot's SSL bundles.
 */
@NullMarked
package io.gestalt.boot.ssl;

import org.jspecify.annotations.NullMarked;
