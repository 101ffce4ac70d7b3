package io.gestalt.sample.report;

import java.time.Instant;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;

import io.gestalt.sample.fleet.Position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PositionReportCodecTests {

	private static final Instant TIME = Instant.parse("2026-11-21T12:00:00Z");

	private final PositionReportCodec codec = new PositionReportCodec();

	@Test
	void readsWhatItWrites() {
		Position position = new Position("truck-7", -37.8608333, 145.1226667, 11.52, 84.4, TIME);
		assertThat(this.codec.read(this.codec.write(position))).isEqualTo(position);
	}

	@Test
	void readsTheEdgesOfTheEarth() {
		Position position = new Position("truck-7", -90, 180, 0, null, TIME);
		assertThat(this.codec.read(this.codec.write(position))).isEqualTo(position);
	}

	@Test
	void wrapsACourseThatRoundsToAFullCircle() {
		Position position = new Position("truck-7", 0, 0, 1, 359.999, TIME);
		assertThat(this.codec.read(this.codec.write(position)).courseDegrees()).isZero();
	}

	@Test
	void isSmallAndEasyToReadByEye() {
		byte[] bytes = this.codec.write(new Position("truck-7", 1, -1, 2.56, 0.0, Instant.ofEpochSecond(1)))
			.toByteArray();
		assertThat(HexFormat.of().formatHex(bytes))
			.isEqualTo("0a07747275636b2d37" + "1580969800" + "1d806967ff" + "208002" + "2800" + "3001");
	}

	@Test
	void refusesWhatIsNotOnEarth() {
		PositionReport report = PositionReport.newBuilder().setVehicle("truck-7").setLatitudeE7(900_000_001).build();
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.read(report))
			.withMessage("Latitude 90.0000001 of vehicle 'truck-7' is not within -90 to 90");
	}

	@Test
	void refusesAnEmptyReport() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.read(PositionReport.getDefaultInstance()))
			.withMessage("Vehicle '' is not a name of 1 to 128 characters");
	}

	@Test
	void refusesNumbersThatOverflow() {
		PositionReport.Builder report = PositionReport.newBuilder().setVehicle("truck-7");
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.read(report.setSpeedCmS(-1).build()))
			.withMessageStartingWith("Speed 4.294967295E7");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.codec.read(report.setSpeedCmS(0).setEpochSeconds(Long.MAX_VALUE).build()))
			.withMessage("Time 9223372036854775807 is not within 1970 to 2106");
	}

}
