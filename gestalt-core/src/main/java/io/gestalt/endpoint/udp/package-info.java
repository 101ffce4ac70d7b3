/** UDP servers and clients. */
@NullMarked
package io.gestalt.endpoint.udp;

import org.jspecify.annotations.NullMarked;
