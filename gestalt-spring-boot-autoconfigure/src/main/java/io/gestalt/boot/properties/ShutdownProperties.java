package io.gestalt.boot.properties;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How endpoints stop.
 *
 * @param gracePeriod how long handlers may take for what was accepted before; keep it
 * below spring.lifecycle.timeout-per-shutdown-phase (default 20s)
 */
public record ShutdownProperties(@DefaultValue("20s") Duration gracePeriod) {
}
