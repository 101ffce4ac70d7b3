package io.gestalt.sample.fleet;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the fleet.
 *
 * @param capacity how many vehicles, and how many peers, to remember
 */
@ConfigurationProperties("sample.fleet")
public record FleetProperties(@DefaultValue("10000") int capacity) {
}
