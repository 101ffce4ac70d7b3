package io.gestalt.sample.simulator;

import java.time.Clock;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the simulated fleet on the road unless it is switched off. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "sample.simulator.enabled", matchIfMissing = true)
class SimulatorConfiguration {

	@Bean
	SimulatedFleet simulatedFleet(SimulatorProperties properties, Clock clock) {
		return new SimulatedFleet(properties, clock);
	}

}
