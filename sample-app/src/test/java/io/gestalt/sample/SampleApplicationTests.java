package io.gestalt.sample;

import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.gestalt.sample.fleet.Fleet;
import io.gestalt.sample.simulator.SimulatedFleet;
import io.gestalt.sample.tracker.Tracker;

import static org.assertj.core.api.Assertions.assertThat;

class SampleApplicationTests {

	@Test
	void startsWithASimulatedFleet() {
		try (ConfigurableApplicationContext context = start()) {
			assertThat(context.getBean(Tracker.class)).isNotNull();
			assertThat(context.getBean(Fleet.class).positions()).isEmpty();
			assertThat(context.getBean(SimulatedFleet.class).step()).hasSize(12);
		}
	}

	@Test
	void startsWithoutASimulatedFleetWhenThatIsSwitchedOff() {
		try (ConfigurableApplicationContext context = start("--sample.simulator.enabled=false")) {
			assertThat(context.getBeanNamesForType(SimulatedFleet.class)).isEmpty();
		}
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		return new SpringApplicationBuilder(SampleApplication.class).run(arguments);
	}

}
