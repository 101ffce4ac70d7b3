package io.gestalt.sample.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.gestalt.sample.SteppingClock;
import io.gestalt.sample.fleet.Fleet;
import io.gestalt.sample.fleet.Position;
import io.gestalt.sample.fleet.Rejection;
import io.gestalt.sample.fleet.VehicleSessions;
import io.gestalt.sample.nmea.Coordinates;
import io.gestalt.sample.simulator.Transmission.Link;
import io.gestalt.sample.tracker.Tracker;

import static org.assertj.core.api.Assertions.assertThat;

class SimulatedFleetTests {

	private static final Coordinates TOWN = new Coordinates(52.0907, 5.1214);

	private final SteppingClock clock = new SteppingClock("2026-11-21T12:00:00Z");

	private final Fleet fleet = new Fleet(100);

	private final Tracker tracker = new Tracker(this.fleet, new VehicleSessions(100), this.clock);

	@Test
	void theSameSeedDrivesTheSameWays() {
		SimulatedFleet one = simulated(42, 5);
		SimulatedFleet other = simulated(42, 5);
		for (int i = 0; i < 20; i++) {
			this.clock.advance(Duration.ofSeconds(1));
			assertThat(one.step()).isEqualTo(other.step());
		}
	}

	@Test
	void anotherSeedDrivesOtherWays() {
		SimulatedFleet one = simulated(42, 0);
		SimulatedFleet other = simulated(43, 0);
		assertThat(one.step()).isNotEqualTo(other.step());
	}

	@Test
	void theVehiclesShareTheWaysIntoTheTracker() {
		assertThat(simulated(42, 0).step()).extracting(Transmission::link)
			.containsExactly(Link.SENTENCES_BY_TCP, Link.SENTENCES_BY_UDP, Link.REPORTS_BY_UDP, Link.SENTENCES_BY_TCP,
					Link.SENTENCES_BY_UDP, Link.REPORTS_BY_UDP);
	}

	@Test
	void everyTransmissionBringsItsVehicleToTheFleet() {
		simulated(42, 0).step().forEach(this::receive);
		assertThat(this.fleet.positions()).extracting(Position::vehicle)
			.containsExactly("truck-1", "truck-2", "truck-3", "truck-4", "truck-5", "truck-6");
		assertThat(this.fleet.counts().rejected().values()).containsOnly(0L);
	}

	@Test
	void someSentencesAreDamagedAndCostNoMoreThanThemselves() {
		drive(simulated(42, 5), 100).forEach(this::receive);
		long damaged = this.fleet.counts().rejected().get(Rejection.CHECKSUM);
		assertThat(damaged).isBetween(80L, 240L);
		assertThat(this.fleet.counts().accepted()).isEqualTo(200 + 2 * 400 - damaged);
	}

	@Test
	void theVehiclesStayAroundTheTownAndDoNotJump() {
		SimulatedFleet simulated = simulated(42, 0);
		simulated.step().forEach(this::receive);
		for (int i = 0; i < 1000; i++) {
			List<Position> before = this.fleet.positions();
			drive(simulated, 1).forEach(this::receive);
			List<Position> after = this.fleet.positions();
			for (int vehicle = 0; vehicle < after.size(); vehicle++) {
				Coordinates place = place(after.get(vehicle));
				assertThat(GreatCircle.distance(place, TOWN)).isLessThan(6000);
				assertThat(GreatCircle.distance(place(before.get(vehicle)), place)).isBetween(1.0, 26.0);
			}
		}
	}

	@Test
	void aMachineThatSleptDoesNotFindItsFleetAbroad() {
		SimulatedFleet simulated = simulated(42, 0);
		this.clock.advance(Duration.ofDays(30));
		simulated.step().forEach(this::receive);
		assertThat(this.fleet.positions())
			.allSatisfy((position) -> assertThat(GreatCircle.distance(place(position), TOWN)).isLessThan(7000));
	}

	private SimulatedFleet simulated(long seed, int damageEvery) {
		return new SimulatedFleet(new SimulatorProperties(true, Duration.ofSeconds(1), 6, damageEvery, seed),
				this.clock);
	}

	private List<Transmission> drive(SimulatedFleet simulated, int steps) {
		List<Transmission> transmissions = new ArrayList<>();
		for (int i = 0; i < steps; i++) {
			this.clock.advance(Duration.ofSeconds(1));
			transmissions.addAll(simulated.step());
		}
		return transmissions;
	}

	private void receive(Transmission transmission) {
		if (transmission instanceof Transmission.Sentences sentences) {
			sentences.lines().forEach((line) -> this.tracker.accept(sentences.link().name(), line));
		}
		else if (transmission instanceof Transmission.Report report) {
			this.tracker.accept(report.report());
		}
	}

	private static Coordinates place(Position position) {
		return new Coordinates(position.latitude(), position.longitude());
	}

}
