/** Says in Boot's health whether endpoints do their work. */
@NullMarked
package io.gestalt.boot.health;

import org.jspecify.annotations.NullMarked;
