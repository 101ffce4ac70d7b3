/** What the endpoints whose messages are frames have in common. */
@NullMarked
package io.gestalt.endpoint.framed;

import org.jspecify.annotations.NullMarked;
