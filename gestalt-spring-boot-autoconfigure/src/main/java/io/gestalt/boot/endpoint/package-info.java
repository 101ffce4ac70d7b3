/**
 * The endpoints of an application: how they are found, started, stopped and watched.
 */
@NullMarked
package io.gestalt.boot.endpoint;

import org.jspecify.annotations.NullMarked;
