/**
 * The actuator endpoint {@code gestalt}: what an application's endpoints do, and how to
 * operate them.
 */
@NullMarked
package io.gestalt.boot.actuate;

import org.jspecify.annotations.NullMarked;
