package io.gestalt.sample.nmea;

import java.util.Random;

import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.gestalt.sample.nmea.NmeaException.Fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

class MalformedSentenceTests {

	private final NmeaCodec codec = new NmeaCodec();

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "1|12351|time|hhmmss.ss", "1|243519|time|hhmmss.ss", "1|126019|time|hhmmss.ss",
					"1|12:35:19|time|hhmmss.ss", "1|''|time|hhmmss.ss", "2|X|status|A or V", "2|''|status|A or V",
					"3|48|latitude|ddmm.mmmm", "3|4860.0|latitude|ddmm.mmmm", "3|9000.001|latitude|ddmm.mmmm",
					"3|-4807.0|latitude|ddmm.mmmm", "3|''|latitude|ddmm.mmmm", "4|n|hemisphere|N or S",
					"4|E|hemisphere|N or S", "4|''|hemisphere|N or S", "5|1131.0|longitude|dddmm.mmmm",
					"5|18000.001|longitude|dddmm.mmmm", "5|''|longitude|dddmm.mmmm", "6|N|hemisphere|E or W",
					"7|fast|speed|a number from 0 to 9999", "7|-1|speed|a number from 0 to 9999",
					"7|1e3|speed|a number from 0 to 9999", "7|NaN|speed|a number from 0 to 9999",
					"8|360.1|course|a number from 0 to 360", "9|310294|date|ddmmyy", "9|23394|date|ddmmyy",
					"9|2303x4|date|ddmmyy", "9|''|date|ddmmyy" })
	void namesTheFieldOfAnRmc(int field, String text, String name, String expected) {
		assertFieldFault(Sentences.with(Sentences.RMC, field, text))
			.withMessage("GPRMC field %d (%s) is '%s': expected %s".formatted(field, name, text, expected));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "1|1235|time|hhmmss.ss", "1|''|time|hhmmss.ss", "2|48O7.038|latitude|ddmm.mmmm",
					"3|W|hemisphere|N or S", "4|01160.0|longitude|dddmm.mmmm", "5|O|hemisphere|E or W",
					"6|9|quality|0 to 8", "6|''|quality|0 to 8", "6|11|quality|0 to 8", "7|x|satellites|0 to 99",
					"7|100|satellites|0 to 99", "8|-0.9|dilution|a number from 0 to 9999",
					"9|high|altitude|a number from -10000 to 1000000", "10|ft|unit of altitude|M" })
	void namesTheFieldOfAGga(int field, String text, String name, String expected) {
		assertFieldFault(Sentences.with(Sentences.GGA, field, text))
			.withMessage("GPGGA field %d (%s) is '%s': expected %s".formatted(field, name, text, expected));
	}

	@Test
	void wantsBothHalvesOfAPosition() {
		assertFieldFault(Sentences.of("GPRMC,123519,A,,,01131.000,E,022.4,084.4,230394,003.1,W"))
			.withMessage("GPRMC field 3 (latitude) is '': expected ddmm.mmmm");
		assertFieldFault(Sentences.of("GPRMC,123519,A,4807.038,N,,,022.4,084.4,230394,003.1,W"))
			.withMessage("GPRMC field 5 (longitude) is '': expected dddmm.mmmm");
	}

	@Test
	void wantsThePositionThatAValidFixPromises() {
		assertFieldFault(Sentences.of("GPRMC,123519,A,,,,,022.4,084.4,230394,003.1,W"))
			.withMessage("GPRMC field 3 (latitude) is '': expected ddmm.mmmm");
		assertFieldFault(Sentences.of("GPGGA,123519,,,,,1,08,0.9,545.4,M,46.9,M,,"))
			.withMessage("GPGGA field 2 (latitude) is '': expected ddmm.mmmm");
	}

	@Test
	void wantsAllFields() {
		assertFieldFault(Sentences.of("GPRMC,123519,A")).withMessage("GPRMC has 2 fields: expected at least 9");
		assertFieldFault(Sentences.of("GPGGA")).withMessage("GPGGA has 0 fields: expected at least 10");
		assertFieldFault(Sentences.of("PGFLT")).withMessage("PGFLT has 0 fields: expected at least 1");
		assertFieldFault(Sentences.of("PGFLT,ID")).withMessage("PGFLT has 1 fields: expected at least 2");
	}

	@Test
	void wantsAVehicleThatIsAName() {
		assertFieldFault(Sentences.of("PGFLT,ID,my truck"))
			.withMessage("PGFLT field 2 (vehicle) is 'my truck': expected 1 to 32 of A-Z a-z 0-9 . _ -");
		assertFieldFault(Sentences.of("PGFLT,NAME,truck"))
			.withMessage("PGFLT field 1 (kind) is 'NAME': expected ID or ERR");
	}

	@Test
	void tellsTheChecksumItExpected() {
		assertThatExceptionOfType(NmeaException.class)
			.isThrownBy(() -> this.codec.read(Sentences.RMC.replace("022.4", "122.4")))
			.withMessage("Checksum of 'GPRMC' is '6A': expected '6B'")
			.satisfies((ex) -> assertThat(ex.fault()).isEqualTo(Fault.CHECKSUM));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "$", "*", "$*", "$*0", "GPRMC*6A", "$GPRMC", "$GPRMC,1*6", "$GPRMC,1*6A7",
			"$$GPRMC*00", "hello", "GET / HTTP/1.1", "\0\0\0\7", "$GPRMC,\u00e9*00", "$GPRMC,1\n$GPRMC,2*00" })
	void refusesWhatIsNoSentence(String line) {
		assertThatExceptionOfType(NmeaException.class).isThrownBy(() -> this.codec.read(line))
			.withMessageEndingWith("expected $...*hh")
			.satisfies((ex) -> assertThat(ex.fault()).isEqualTo(Fault.FRAMING))
			.satisfies((ex) -> assertThat(ex.getMessage()).matches("[ -~]+"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "GP", "gprmc", "GPRMCX", "P", "TOOLONGADDRESS" })
	void refusesAnAddressThatNamesNoTalkerAndType(String address) {
		assertThatExceptionOfType(NmeaException.class).isThrownBy(() -> this.codec.read(Sentences.of(address + ",1")))
			.withMessage("Address '%s': expected as GPRMC".formatted(address));
	}

	@Test
	void readsALittleMoreThanTheStandardAllowsButNotAnyLength() {
		String longest = Sentences.of("GPRMC,1" + "0".repeat(Sentence.MAX_LENGTH - 11));
		assertThat(longest).hasSize(Sentence.MAX_LENGTH);
		assertFieldFault(longest);
		assertThatExceptionOfType(NmeaException.class).isThrownBy(() -> this.codec.read(longest + "0"))
			.withMessage("Sentence of 101 characters exceeds the limit of 100");
	}

	@Test
	void randomBytesNeverDoWorseThanAnNmeaException() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		for (int i = 0; i < 20_000; i++) {
			StringBuilder line = new StringBuilder();
			random.ints(random.nextInt(110), 0, 256).forEach((c) -> line.append((char) c));
			attempt(line.toString(), seed);
		}
	}

	@Test
	void randomlyDamagedSentencesNeverDoWorseThanAnNmeaException() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		for (int i = 0; i < 50_000; i++) {
			String good = random.nextBoolean() ? Sentences.RMC : Sentences.GGA;
			StringBuilder body = new StringBuilder(good.substring(1, good.indexOf('*')));
			for (int damage = random.nextInt(4); damage >= 0; damage--) {
				body.setCharAt(random.nextInt(body.length()), (char) (' ' + random.nextInt(95)));
			}
			attempt(Sentences.of(body.toString()), seed);
		}
	}

	private void attempt(String line, long seed) {
		try {
			this.codec.read(line);
		}
		catch (NmeaException ex) {
			assertThat(ex.getMessage()).as("seed %d", seed).matches("[ -~]+");
		}
		catch (RuntimeException ex) {
			fail("Seed %d, line '%s'".formatted(seed, line), ex);
		}
	}

	private ThrowableAssertAlternative<NmeaException> assertFieldFault(String line) {
		return assertThatExceptionOfType(NmeaException.class).isThrownBy(() -> this.codec.read(line))
			.satisfies((ex) -> assertThat(ex.fault()).isEqualTo(Fault.FIELD));
	}

}
