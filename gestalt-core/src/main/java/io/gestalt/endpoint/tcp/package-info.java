/** TCP servers and clients: conversations, requests, reconnecting. */
@NullMarked
package io.gestalt.endpoint.tcp;

import org.jspecify.annotations.NullMarked;
