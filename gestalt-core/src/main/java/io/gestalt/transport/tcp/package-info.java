/** TCP connections over Netty channels, secured by TLS if need be. */
@NullMarked
package io.gestalt.transport.tcp;

import org.jspecify.annotations.NullMarked;
