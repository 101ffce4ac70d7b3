/**
 * Sending and asking from application code: client interfaces and the template.
 */
@NullMarked
package io.gestalt.boot.client;

import org.jspecify.annotations.NullMarked;
