/**
 * Named endpoints: TCP and UDP servers and clients with peers, dispatch and requests.
 */
@NullMarked
package io.gestalt.endpoint;

import org.jspecify.annotations.NullMarked;
