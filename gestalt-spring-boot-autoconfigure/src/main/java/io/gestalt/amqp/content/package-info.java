/** Messages as they travel: bodies, properties and headers. */
@NullMarked
package io.gestalt.amqp.content;

import org.jspecify.annotations.NullMarked;
