package io.gestalt.sample.nmea;

/** Sentences for tests, with a checksum computed apart from the code under test. */
final class Sentences {

	static final String GGA = "$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47";

	static final String RMC = "$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A";

	private Sentences() {
	}

	static String of(String body) {
		return "$" + body + "*" + "%02X".formatted(body.chars().reduce(0, (a, b) -> a ^ b));
	}

	/** The sentence with another text in one field, and with the checksum of that. */
	static String with(String sentence, int field, String text) {
		String[] fields = sentence.substring(1, sentence.indexOf('*')).split(",", -1);
		fields[field] = text;
		return of(String.join(",", fields));
	}

}
