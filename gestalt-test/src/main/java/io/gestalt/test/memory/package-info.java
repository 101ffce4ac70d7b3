/**
 * A network within the JVM: what Netty writes to one end of a connection it reads at the
 * other, and no port of the system is used.
 */
@NullMarked
package io.gestalt.test.memory;

import org.jspecify.annotations.NullMarked;
