package io.gestalt.boot.properties;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How messages are observed.
 *
 * @param enabled whether each message is an observation; unless set, it is where there is
 * a tracer, or a convention for messages, and is only timed where there is none. With
 * 'false' it is not timed either
 * @param mdc whether the log's context (MDC) names endpoint, peer and message while a
 * handler runs
 */
public record ObservationProperties(@Nullable Boolean enabled, @DefaultValue("true") boolean mdc) {
}
