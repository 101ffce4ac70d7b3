/** Networks that misbehave on request. */
@NullMarked
package io.gestalt.test.fault;

import org.jspecify.annotations.NullMarked;
