/** What endpoints are told when they are made. */
@NullMarked
package io.gestalt.amqp.settings;

import org.jspecify.annotations.NullMarked;
