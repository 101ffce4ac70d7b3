/** UDP sockets. */
@NullMarked
package io.gestalt.transport.udp;

import org.jspecify.annotations.NullMarked;
