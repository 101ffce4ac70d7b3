/** A broker within the application, for development without any installation. */
@NullMarked
package io.gestalt.boot.amqp.embedded;

import org.jspecify.annotations.NullMarked;
