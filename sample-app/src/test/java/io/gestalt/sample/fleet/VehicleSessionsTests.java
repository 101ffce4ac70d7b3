package io.gestalt.sample.fleet;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class VehicleSessionsTests {

	private final VehicleSessions sessions = new VehicleSessions(2);

	@Test
	void aPeerIsItsOwnVehicleUntilItSaysOtherwise() {
		assertThat(this.sessions.vehicle("10.0.0.1:5000")).isEqualTo("10.0.0.1:5000");
		this.sessions.identify("10.0.0.1:5000", "truck-1");
		assertThat(this.sessions.vehicle("10.0.0.1:5000")).isEqualTo("truck-1");
		this.sessions.identify("10.0.0.1:5000", "truck-2");
		assertThat(this.sessions.vehicle("10.0.0.1:5000")).isEqualTo("truck-2");
	}

	@Test
	void forgetsAPeerThatIsGone() {
		this.sessions.identify("10.0.0.1:5000", "truck-1");
		this.sessions.forget("10.0.0.1:5000");
		assertThat(this.sessions.vehicle("10.0.0.1:5000")).isEqualTo("10.0.0.1:5000");
		assertThat(this.sessions.size()).isZero();
	}

	@Test
	void forgetsTheLongestSilentPeerWhenFull() {
		this.sessions.identify("a", "truck-1");
		this.sessions.identify("b", "truck-2");
		assertThat(this.sessions.vehicle("a")).isEqualTo("truck-1");
		this.sessions.identify("c", "truck-3");
		assertThat(this.sessions.vehicle("a")).isEqualTo("truck-1");
		assertThat(this.sessions.vehicle("b")).isEqualTo("b");
		assertThat(this.sessions.size()).isEqualTo(2);
	}

	@Test
	void refusesToRememberNobody() {
		assertThatIllegalArgumentException().isThrownBy(() -> new VehicleSessions(0))
			.withMessage("Capacity 0 is below the limit of 1");
	}

}
