/** The test slice of endpoints and listeners. */
@NullMarked
package io.gestalt.boot.test.autoconfigure;

import org.jspecify.annotations.NullMarked;
