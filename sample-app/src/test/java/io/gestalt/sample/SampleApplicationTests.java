package io.gestalt.sample;

import io.gestalt.endpoint.Endpoint;
import io.gestalt.message.Counter;
import io.gestalt.sample.amqp.LastPositions;
import io.gestalt.sample.endtoend.FreePorts;
import io.gestalt.sample.fleet.Fleet;
import io.gestalt.sample.fleet.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
@DirtiesContext
@SpringBootTest(properties = { "sample.simulator.interval=50ms", "sample.simulator.damage-every=5" })
class SampleApplicationTests {

	@Autowired
	private Fleet fleet;

	@DynamicPropertySource
	static void ports(DynamicPropertyRegistry registry) {
		FreePorts.find().addTo(registry);
	}

	@Test
	void theSimulatedFleetDrivesUntilEveryVehicleIsKnown() {
		await().until(() -> this.fleet.positions().size() == 12);
		assertThat(this.fleet.positions()).extracting(Position::vehicle).contains("truck-1", "truck-2", "truck-3");
	}

	@Test
	void theSimulatedFleetHearsWhatWasRefused(@Qualifier("simulated-sentences") Endpoint sentences) {
		await().until(() -> sentences.counters().get(Counter.HANDLED) > 0);
	}

	@Test
	void theSimulatedDispatcherIsAnswered(@Qualifier("simulated-dispatcher") Endpoint dispatcher) {
		await().until(() -> dispatcher.counters().get(Counter.RECEIVED) > 0);
	}

	@Test
	void theSimulatedDispatcherElsewhereIsAnswered(@Qualifier("simulated-remote-dispatcher") Endpoint dispatcher) {
		await().until(() -> dispatcher.counters().get(Counter.RECEIVED) > 0);
	}

	@Test
	void everyVehicleIsReadOnTheTopic(@Autowired LastPositions published) {
		await().until(() -> published.positions().size() == 12);
	}

}
