/** A real RabbitMQ for tests. */
@NullMarked
package io.gestalt.test.rabbit;

import org.jspecify.annotations.NullMarked;
