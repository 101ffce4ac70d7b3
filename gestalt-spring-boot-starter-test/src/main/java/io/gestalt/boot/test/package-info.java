/** Plays the peers of an application's endpoints in its tests. */
@NullMarked
package io.gestalt.boot.test;

import org.jspecify.annotations.NullMarked;
