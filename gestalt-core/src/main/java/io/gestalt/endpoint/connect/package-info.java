/**
 * Where clients connect to, and how long they wait before they do so again.
 */
@NullMarked
package io.gestalt.endpoint.connect;

import org.jspecify.annotations.NullMarked;
