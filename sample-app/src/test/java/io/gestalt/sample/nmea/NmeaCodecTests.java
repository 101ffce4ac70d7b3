package io.gestalt.sample.nmea;

import java.time.Instant;
import java.time.LocalTime;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class NmeaCodecTests {

	private static final double CENTIMETRE = 1e-7;

	private final NmeaCodec codec = new NmeaCodec();

	@Test
	void readsTheTextbookRmc() {
		Rmc rmc = (Rmc) this.codec.read(Sentences.RMC);
		assertThat(rmc.talker()).isEqualTo("GP");
		assertThat(rmc.valid()).isTrue();
		assertThat(rmc.time()).isEqualTo(Instant.parse("1994-03-23T12:35:19Z"));
		assertThat(rmc.coordinates().latitude()).isCloseTo(48.1173, within(CENTIMETRE));
		assertThat(rmc.coordinates().longitude()).isCloseTo(11.5166667, within(CENTIMETRE));
		assertThat(rmc.speedKnots()).isEqualTo(22.4);
		assertThat(rmc.metersPerSecond()).isCloseTo(11.5235556, within(1e-6));
		assertThat(rmc.courseDegrees()).isEqualTo(84.4);
	}

	@Test
	void readsTheTextbookGga() {
		Gga gga = (Gga) this.codec.read(Sentences.GGA);
		assertThat(gga.talker()).isEqualTo("GP");
		assertThat(gga.time()).isEqualTo(LocalTime.of(12, 35, 19));
		assertThat(gga.coordinates().latitude()).isCloseTo(48.1173, within(CENTIMETRE));
		assertThat(gga.coordinates().longitude()).isCloseTo(11.5166667, within(CENTIMETRE));
		assertThat(gga.quality()).isEqualTo(FixQuality.GPS);
		assertThat(gga.satellites()).isEqualTo(8);
		assertThat(gga.dilution()).isEqualTo(0.9);
		assertThat(gga.altitudeMeters()).isEqualTo(545.4);
	}

	@Test
	void readsTheSouthAsNegative() {
		Rmc rmc = (Rmc) this.codec.read("$GPRMC,081836,A,3751.65,S,14507.36,E,000.0,360.0,130998,011.3,E*62");
		assertThat(rmc.coordinates().latitude()).isCloseTo(-37.8608333, within(CENTIMETRE));
		assertThat(rmc.coordinates().longitude()).isCloseTo(145.1226667, within(CENTIMETRE));
	}

	@Test
	void readsTheWestAsNegative() {
		Rmc rmc = (Rmc) this.codec.read("$GPRMC,225446,A,4916.45,N,12311.12,W,000.5,054.7,191194,020.3,E*68");
		assertThat(rmc.coordinates().latitude()).isCloseTo(49.2741667, within(CENTIMETRE));
		assertThat(rmc.coordinates().longitude()).isCloseTo(-123.1853333, within(CENTIMETRE));
	}

	@Test
	void readsFractionsOfSecondsAndASingleDigitOfSatellites() {
		Gga gga = (Gga) this.codec.read("$GPGGA,092750.250,5321.6802,N,00630.3372,W,1,8,1.03,61.7,M,55.2,M,,*71");
		assertThat(gga.time()).isEqualTo(LocalTime.parse("09:27:50.25"));
		assertThat(gga.satellites()).isEqualTo(8);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GP", "GN", "GL", "GA", "GB", "II" })
	void readsAnyTalker(String talker) {
		assertThat(((Rmc) this.codec.read(Sentences.with(Sentences.RMC, 0, talker + "RMC"))).talker())
			.isEqualTo(talker);
		assertThat(((Gga) this.codec.read(Sentences.with(Sentences.GGA, 0, talker + "GGA"))).talker())
			.isEqualTo(talker);
	}

	@Test
	void readsALineEndAndALowercaseChecksum() {
		assertThat(this.codec.read(Sentences.RMC.replace("*6A", "*6a") + "\r\n"))
			.isEqualTo(this.codec.read(Sentences.RMC));
	}

	@Test
	void readsAVoidRmcWithoutATrustedPosition() {
		Rmc rmc = (Rmc) this.codec.read(Sentences.of("GPRMC,,V,,,,,,,,,,N"));
		assertThat(rmc).isEqualTo(new Rmc("GP", null, false, null, null, null));
		assertThat(rmc.metersPerSecond()).isNull();
	}

	@Test
	void readsAGgaWithoutAFix() {
		Gga gga = (Gga) this.codec.read(Sentences.of("GPGGA,,,,,,0,00,99.99,,,,,,"));
		assertThat(gga).isEqualTo(new Gga("GP", null, null, FixQuality.NONE, 0, 99.99, null));
	}

	@Test
	void readsAStandingReceiverThatLeavesItsCourseEmpty() {
		Rmc rmc = (Rmc) this.codec.read(Sentences.with(Sentences.RMC, 8, ""));
		assertThat(rmc.courseDegrees()).isNull();
	}

	@Test
	void readsTwoDigitsOfAYearAsTheAgeOfGps() {
		assertThat(((Rmc) this.codec.read(Sentences.with(Sentences.RMC, 9, "060180"))).time())
			.isEqualTo(Instant.parse("1980-01-06T12:35:19Z"));
		assertThat(((Rmc) this.codec.read(Sentences.with(Sentences.RMC, 9, "311279"))).time())
			.isEqualTo(Instant.parse("2079-12-31T12:35:19Z"));
	}

	@Test
	void readsSoundSentencesOfNoInterest() {
		assertThat(this.codec.read("$GPGLL,4916.45,N,12311.12,W,225444,A*31")).isEqualTo(new OtherMessage("GPGLL"));
		assertThat(this.codec.read("$PGRME,15.0,M,45.0,M,25.0,M*1C")).isEqualTo(new OtherMessage("PGRME"));
	}

	@Test
	void writesWhatItReads() {
		Rmc rmc = Rmc.at(Instant.parse("2026-11-21T23:59:59.250Z"), new Coordinates(-52.25, 5.125), 1852.0 / 360, 90);
		assertThat(this.codec.write(rmc))
			.isEqualTo(Sentences.of("GPRMC,235959.25,A,5215.0000,S,00507.5000,E,10.0,90.0,211126,,,A"));
		assertThat(this.codec.read(this.codec.write(rmc))).isEqualTo(rmc);
		Gga gga = new Gga("GN", LocalTime.of(0, 0, 1), new Coordinates(52.25, -5.125), FixQuality.RTK, 12, 0.7, -3.5);
		assertThat(this.codec.write(gga))
			.isEqualTo(Sentences.of("GNGGA,000001.00,5215.0000,N,00507.5000,W,4,12,0.7,-3.5,M,,M,,"));
		assertThat(this.codec.read(this.codec.write(gga))).isEqualTo(gga);
	}

	@Test
	void writesNothingWhereNothingIsKnown() {
		Rmc rmc = new Rmc("GP", null, false, null, null, null);
		assertThat(this.codec.write(rmc)).isEqualTo(Sentences.of("GPRMC,,V,,,,,,,,,,N"));
		Gga gga = new Gga("GP", null, null, FixQuality.NONE, 0, null, null);
		assertThat(this.codec.read(this.codec.write(gga))).isEqualTo(gga);
	}

	@Test
	void carriesMinutesThatRoundToSixtyIntoTheDegrees() {
		Rmc rmc = Rmc.at(Instant.EPOCH, new Coordinates(47.9999999, -179.9999999), 0, 359.96);
		assertThat(this.codec.write(rmc)).contains(",4800.0000,N,18000.0000,W,0.0,0.0,");
	}

	@Test
	void writesAndReadsTheVehicleOfTheSentencesToFollow() {
		VehicleIdentification identification = new VehicleIdentification("truck-7");
		assertThat(this.codec.write(identification)).isEqualTo("$PGFLT,ID,truck-7*25");
		assertThat(this.codec.read("$PGFLT,ID,truck-7*25")).isEqualTo(identification);
	}

	@Test
	void refusesToBuildAVehicleThatWouldBreakTheSentence() {
		assertThatIllegalArgumentException().isThrownBy(() -> new VehicleIdentification("truck,7"))
			.withMessage("Vehicle 'truck,7' is not 1 to 32 of A-Z a-z 0-9 . _ -");
	}

	@Test
	void writesAndReadsARefusalWhoseTextHoldsReservedCharacters() {
		Refusal refusal = new Refusal("FRAMING", "Line '$,*^' is no sentence");
		assertThat(this.codec.write(refusal)).startsWith("$PGFLT,ERR,FRAMING,Line '^24^2C^2A^5E' is no sentence*");
		assertThat(this.codec.read(this.codec.write(refusal))).isEqualTo(refusal);
	}

	@Test
	void cutsARefusalToTheLengthOfASentence() {
		String line = this.codec.write(new Refusal("FRAMING", "$".repeat(200)));
		assertThat(line.length()).isBetween(95, Sentence.MAX_LENGTH - 2);
		assertThat(((Refusal) this.codec.read(line)).text()).matches("\\$+");
	}

	@Test
	void doesNotWriteAMessageWhoseFieldsItDoesNotKnow() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.write(new OtherMessage("GPGSV")))
			.withMessage("Message 'OtherMessage' cannot be written: its fields are not known");
	}

}
