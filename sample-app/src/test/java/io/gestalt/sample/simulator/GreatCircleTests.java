package io.gestalt.sample.simulator;

import org.junit.jupiter.api.Test;

import io.gestalt.sample.nmea.Coordinates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class GreatCircleTests {

	private static final double QUARTER_METERS = Math.PI / 2 * 6_371_008.8;

	@Test
	void aQuarterOfTheEarthLiesBetweenEquatorAndPole() {
		assertThat(GreatCircle.distance(new Coordinates(0, 0), new Coordinates(90, 0))).isCloseTo(QUARTER_METERS,
				within(1e-3));
	}

	@Test
	void theShortestWayFromBaghdadToOsakaSetsOutNorthOfEast() {
		assertThat(GreatCircle.course(new Coordinates(35, 45), new Coordinates(35, 135))).isCloseTo(60.16,
				within(0.01));
	}

	@Test
	void leadsAcrossTheDateLine() {
		Coordinates place = GreatCircle.destination(new Coordinates(0, 179.99), 90, 2 * 1111.95);
		assertThat(place.longitude()).isCloseTo(-179.99, within(1e-5));
		assertThat(place.latitude()).isCloseTo(0, within(1e-9));
	}

	@Test
	void arrivesAtTheDistanceItSetOutFor() {
		Coordinates town = new Coordinates(52.0907, 5.1214);
		for (double course = 15; course < 360; course += 15) {
			assertThat(GreatCircle.distance(town, GreatCircle.destination(town, course, 5000))).isCloseTo(5000,
					within(1e-3));
			assertThat(GreatCircle.course(town, GreatCircle.destination(town, course, 5000))).isCloseTo(course,
					within(1e-6));
		}
	}

}
