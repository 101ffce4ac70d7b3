/** Publishing, with confirms and without. */
@NullMarked
package io.gestalt.amqp.publish;

import org.jspecify.annotations.NullMarked;
