/**
 * Applications in JVMs of their own, for what only the end of a process can show.
 */
@NullMarked
package io.gestalt.test.process;

import org.jspecify.annotations.NullMarked;
