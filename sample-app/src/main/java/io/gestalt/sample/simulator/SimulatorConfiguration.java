package io.gestalt.sample.simulator;

import java.time.Clock;

import io.gestalt.endpoint.Endpoint;
import io.gestalt.sample.amqp.LastPositions;
import io.gestalt.sample.fleet.Fleet;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Puts the simulated fleet on the road unless it is switched off. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@ConditionalOnBooleanProperty(name = "sample.simulator.enabled", matchIfMissing = true)
class SimulatorConfiguration {

	@Bean
	SimulatedFleet simulatedFleet(SimulatorProperties properties, Clock clock) {
		return new SimulatedFleet(properties, clock);
	}

	@Bean
	SimulatedTraffic simulatedTraffic(SimulatedFleet vehicles, @Qualifier("simulated-sentences") Endpoint sentences,
			@Qualifier("simulated-datagrams") Endpoint datagrams, @Qualifier("simulated-reports") Endpoint reports) {
		return new SimulatedTraffic(vehicles, new SimulatedTraffic.Senders(sentences, datagrams, reports));
	}

	@Bean
	SimulatedOffice simulatedOffice(Dispatcher dispatcher, RemoteDispatcher remote, Fleet fleet,
			LastPositions published) {
		return new SimulatedOffice(dispatcher, remote, fleet, published);
	}

}
