package io.gestalt.sample.fleet;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FleetTests {

	private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

	private final Fleet fleet = new Fleet(3);

	@Test
	void answersWithTheLastPosition() {
		this.fleet.accept(position("truck-1", NOON));
		this.fleet.accept(position("truck-1", NOON.plusSeconds(1)));
		assertThat(this.fleet.answer(new WhereIs("truck-1")))
			.isEqualTo(new Whereabouts("truck-1", true, position("truck-1", NOON.plusSeconds(1))));
	}

	@Test
	void admitsThatItDoesNotKnowAVehicle() {
		assertThat(this.fleet.answer(new WhereIs("truck-9"))).isEqualTo(new Whereabouts("truck-9", false, null));
	}

	@Test
	void keepsTheNewerPositionWhenADatagramWasOvertaken() {
		this.fleet.accept(position("truck-1", NOON));
		assertThat(this.fleet.accept(position("truck-1", NOON.minusSeconds(1)))).isFalse();
		assertThat(this.fleet.lastPosition("truck-1")).isEqualTo(position("truck-1", NOON));
		assertThat(this.fleet.counts().rejected()).containsEntry(Rejection.OVERTAKEN, 1L);
	}

	@Test
	void believesAVehicleWhoseClockWasSetBack() {
		this.fleet.accept(position("truck-1", NOON));
		Instant earlier = NOON.minus(Fleet.REORDERING).minusSeconds(1);
		assertThat(this.fleet.accept(position("truck-1", earlier))).isTrue();
		assertThat(this.fleet.lastPosition("truck-1")).isEqualTo(position("truck-1", earlier));
	}

	@Test
	void takesTheSamePositionAgain() {
		assertThat(this.fleet.accept(position("truck-1", NOON))).isTrue();
		assertThat(this.fleet.accept(position("truck-1", NOON))).isTrue();
	}

	@Test
	void forgetsTheLongestSilentVehicleWhenFull() {
		List.of("a", "b", "c", "a", "d").forEach((vehicle) -> this.fleet.accept(position(vehicle, NOON)));
		assertThat(this.fleet.positions()).extracting(Position::vehicle).containsExactly("a", "c", "d");
	}

	@Test
	void countsEveryReasonEvenBeforeItHappens() {
		this.fleet.reject(Rejection.CHECKSUM);
		this.fleet.reject(Rejection.CHECKSUM);
		assertThat(this.fleet.counts().rejected()).containsOnlyKeys(Rejection.values())
			.containsEntry(Rejection.CHECKSUM, 2L)
			.containsEntry(Rejection.FRAMING, 0L);
	}

	@Test
	void losesNoCountWhenManySpeakAtOnce() {
		IntStream.range(0, 10_000).parallel().forEach((i) -> {
			this.fleet.accept(position("truck-" + i % 3, NOON));
			this.fleet.reject(Rejection.FIELD);
		});
		assertThat(this.fleet.counts().accepted()).isEqualTo(10_000);
		assertThat(this.fleet.counts().vehicles()).isEqualTo(3);
		assertThat(this.fleet.counts().rejected()).containsEntry(Rejection.FIELD, 10_000L);
	}

	@ParameterizedTest
	@CsvSource({ "90.1,0,0,0,Latitude", "NaN,0,0,0,Latitude", "0,-180.1,0,0,Longitude", "0,0,-1,0,Speed",
			"0,0,Infinity,0,Speed", "0,0,0,361,Course" })
	void takesNoPositionThatIsNotOnEarth(double latitude, double longitude, double speed, double course, String name) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Position("truck-1", latitude, longitude, speed, course, NOON))
			.withMessageStartingWith(name)
			.withMessageContaining("of vehicle 'truck-1' is not within");
	}

	@Test
	void takesNoPositionOfNobody() {
		assertThatIllegalArgumentException().isThrownBy(() -> position(" ", NOON));
		assertThatIllegalArgumentException().isThrownBy(() -> position("x".repeat(129), NOON));
	}

	private static Position position(String vehicle, Instant time) {
		return new Position(vehicle, 52, 5, 10, 90.0, time);
	}

}
