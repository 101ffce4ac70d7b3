package io.gestalt.boot.properties;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What holds for the security of all endpoints.
 *
 * @param forbidPlaintext whether an endpoint that listens in plain text on another than a
 * loopback address stops the start, instead of a warning (default false)
 */
public record SecurityProperties(@DefaultValue("false") boolean forbidPlaintext) {
}
