package io.gestalt.sample.tracker;

import java.time.Instant;
import java.time.LocalTime;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.gestalt.sample.SteppingClock;
import io.gestalt.sample.fleet.Fleet;
import io.gestalt.sample.fleet.Position;
import io.gestalt.sample.fleet.Rejection;
import io.gestalt.sample.fleet.VehicleSessions;
import io.gestalt.sample.nmea.Coordinates;
import io.gestalt.sample.nmea.FixQuality;
import io.gestalt.sample.nmea.Gga;
import io.gestalt.sample.nmea.NmeaCodec;
import io.gestalt.sample.nmea.Refusal;
import io.gestalt.sample.nmea.Rmc;
import io.gestalt.sample.report.PositionReport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class TrackerTests {

	private static final String RMC = "$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A";

	private static final String GGA = "$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47";

	private static final String PEER = "10.0.0.1:5000";

	private final Fleet fleet = new Fleet(10);

	private final NmeaCodec nmea = new NmeaCodec();

	private final Tracker tracker = new Tracker(this.fleet, new VehicleSessions(10),
			new SteppingClock("2026-11-21T12:36:00Z"));

	@Test
	void tracksAPeerThatDidNotSayWhoItIsByItsAddress() {
		assertThat(this.tracker.accept(PEER, RMC)).isNull();
		assertThat(this.fleet.lastPosition(PEER).time()).isEqualTo(Instant.parse("1994-03-23T12:35:19Z"));
	}

	@Test
	void tracksTheVehicleThatAPeerSpeaksFor() {
		assertThat(this.tracker.accept(PEER, "$PGFLT,ID,truck-7*25")).isNull();
		assertThat(this.tracker.accept(PEER, RMC)).isNull();
		assertThat(this.fleet.positions()).extracting(Position::vehicle).containsExactly("truck-7");
	}

	@Test
	void readsEveryLineOfADatagram() {
		assertThat(this.tracker.accept(PEER, "$PGFLT,ID,truck-7*25\r\n\r\n" + RMC + "\r\n")).isNull();
		assertThat(this.fleet.lastPosition("truck-7").metersPerSecond()).isCloseTo(11.52, within(0.01));
	}

	@Test
	void fixDataKeepTheSpeedAndTheCourseThatWereKnown() {
		this.tracker.accept(PEER, RMC);
		this.tracker.accept(PEER, GGA);
		Position position = this.fleet.lastPosition(PEER);
		assertThat(position.courseDegrees()).isEqualTo(84.4);
		assertThat(position.metersPerSecond()).isCloseTo(11.52, within(0.01));
		assertThat(position.time()).isEqualTo(Instant.parse("2026-11-21T12:35:19Z"));
	}

	@ParameterizedTest
	@CsvSource({ "2026-11-22T00:00:01Z,23:59:59,2026-11-21T23:59:59Z",
			"2026-11-21T23:59:59Z,00:00:01,2026-11-22T00:00:01Z",
			"2026-11-21T12:00:00Z,12:00:00,2026-11-21T12:00:00Z" })
	void aTimeOfDayIsTheOneNearestToNow(String now, String time, Instant expected) {
		Tracker tracker = new Tracker(this.fleet, new VehicleSessions(10), new SteppingClock(now));
		Gga gga = new Gga("GP", LocalTime.parse(time), new Coordinates(52, 5), FixQuality.GPS, 8, null, null);
		tracker.accept(PEER, this.nmea.write(gga));
		assertThat(this.fleet.lastPosition(PEER).time()).isEqualTo(expected);
	}

	@Test
	void countsAndAnswersABadSentenceAndGoesOn() {
		String answer = this.tracker.accept(PEER, RMC.replace("022.4", "122.4"));
		assertThat(this.nmea.read(answer))
			.isEqualTo(new Refusal("CHECKSUM", "Checksum of 'GPRMC' is '6A': expected '6B'"));
		this.tracker.accept(PEER, "hello");
		this.tracker.accept(PEER, "$PGFLT,ID,*44");
		assertThat(this.tracker.accept(PEER, RMC)).isNull();
		assertThat(this.fleet.counts().accepted()).isOne();
		assertThat(this.fleet.counts().rejected()).containsEntry(Rejection.CHECKSUM, 1L)
			.containsEntry(Rejection.FRAMING, 1L)
			.containsEntry(Rejection.FIELD, 1L);
	}

	@Test
	void answersADatagramOfManyBadLinesOnce() {
		assertThat(this.tracker.accept(PEER, "a\nb\n" + RMC)).startsWith("$PGFLT,ERR,FRAMING,Line 'a'").hasLineCount(1);
		assertThat(this.fleet.counts().rejected()).containsEntry(Rejection.FRAMING, 2L);
		assertThat(this.fleet.counts().accepted()).isOne();
	}

	@Test
	void neverAnswersAnAnswer() {
		String answer = this.tracker.accept(PEER, "hello");
		assertThat(this.tracker.accept("10.0.0.2:5000", answer)).isNull();
	}

	@Test
	void countsReceiversWithoutAFix() {
		this.tracker.accept(PEER, this.nmea.write(new Rmc("GP", null, false, null, null, null)));
		this.tracker.accept(PEER, this.nmea.write(new Gga("GP", null, null, FixQuality.NONE, 0, null, null)));
		assertThat(this.fleet.counts().rejected()).containsEntry(Rejection.NO_FIX, 2L);
	}

	@Test
	void countsABadReportAndGoesOn() {
		this.tracker.accept(PositionReport.getDefaultInstance());
		this.tracker.accept(PositionReport.newBuilder().setVehicle("truck-8").build());
		assertThat(this.fleet.counts().rejected()).containsEntry(Rejection.FIELD, 1L);
		assertThat(this.fleet.positions()).extracting(Position::vehicle).containsExactly("truck-8");
	}

}
