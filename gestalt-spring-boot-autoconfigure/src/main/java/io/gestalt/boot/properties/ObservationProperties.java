package io.gestalt.boot.properties;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How messages are observed.
 *
 * @param enabled whether each message is timed and traced, where there is an
 * ObservationRegistry
 */
public record ObservationProperties(@DefaultValue("true") boolean enabled) {
}
