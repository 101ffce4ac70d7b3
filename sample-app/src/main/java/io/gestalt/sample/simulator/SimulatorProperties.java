package io.gestalt.sample.simulator;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the simulated fleet.
 *
 * @param enabled whether it drives at all
 * @param interval how often every vehicle reports
 * @param vehicles how many there are
 * @param damageEvery about one sentence in so many is damaged, 0 for none
 * @param seed the same seed drives the same ways
 */
@ConfigurationProperties("sample.simulator")
public record SimulatorProperties(@DefaultValue("true") boolean enabled, @DefaultValue("1s") Duration interval,
		@DefaultValue("12") int vehicles, @DefaultValue("50") int damageEvery, @DefaultValue("42") long seed) {
}
