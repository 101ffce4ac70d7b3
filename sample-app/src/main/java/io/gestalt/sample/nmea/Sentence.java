package io.gestalt.sample.nmea;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.gestalt.sample.nmea.NmeaException.Fault;

/**
 * A sentence of NMEA 0183 with its fields still in text.
 *
 * <pre>
 * $ GPRMC , 123519 , A , ... * 6A CR LF
 * | |       |                  |
 * | |       fields             checksum: XOR of all between $ and *, two hex digits
 * | address: talker (2) and type (3), or P and a manufacturer's own code
 * start
 * </pre>
 *
 * The standard allows 82 characters, line end included. Receivers with more decimals
 * exceed it, so up to {@value #MAX_LENGTH} are read.
 *
 * @param address the talker and the type, such as {@code GPRMC}
 * @param fields the fields after the address
 * @see <a href="https://gpsd.gitlab.io/gpsd/NMEA.html">NMEA Revealed</a>
 */
record Sentence(String address, List<String> fields) {

	static final int MAX_LENGTH = 100;

	private static final Pattern SHAPE = Pattern.compile("\\$([\\x20-\\x7E&&[^$*]]*)\\*([0-9A-Fa-f]{2})");

	private static final Pattern ADDRESS = Pattern.compile("[A-OQ-Z][A-Z0-9][A-Z0-9]{3}|P[A-Z0-9]{3,7}");

	Sentence {
		fields = List.copyOf(fields);
	}

	/**
	 * Reads a line, with or without its line end.
	 * @throws NmeaException if it is no sentence or its checksum is wrong
	 */
	static Sentence parse(String line) {
		if (line.length() > MAX_LENGTH) {
			throw new NmeaException(Fault.FRAMING,
					"Sentence of %d characters exceeds the limit of %d".formatted(line.length(), MAX_LENGTH));
		}
		Matcher matcher = SHAPE.matcher(line.stripTrailing());
		if (!matcher.matches()) {
			throw new NmeaException(Fault.FRAMING,
					"Line %s is no sentence: expected $...*hh".formatted(NmeaException.quote(line)));
		}
		String body = matcher.group(1);
		List<String> fields = List.of(body.split(",", -1));
		verify(fields.get(0), body, matcher.group(2));
		if (!ADDRESS.matcher(fields.get(0)).matches()) {
			throw new NmeaException(Fault.FRAMING,
					"Address %s: expected as GPRMC".formatted(NmeaException.quote(fields.get(0))));
		}
		return new Sentence(fields.get(0), fields.subList(1, fields.size()));
	}

	private static void verify(String address, String body, String found) {
		String expected = checksum(body);
		if (!found.equalsIgnoreCase(expected)) {
			throw new NmeaException(Fault.CHECKSUM,
					"Checksum of %s is '%s': expected '%s'".formatted(NmeaException.quote(address), found, expected));
		}
	}

	private static String checksum(String body) {
		int sum = 0;
		for (byte b : body.getBytes(StandardCharsets.US_ASCII)) {
			sum ^= b;
		}
		return String.format(Locale.ROOT, "%02X", sum);
	}

	boolean proprietary() {
		return this.address.startsWith("P");
	}

	/** Who speaks: {@code GP} for GPS, {@code GN} for several systems together. */
	String talker() {
		return this.address.substring(0, 2);
	}

	String type() {
		return this.address.substring(2);
	}

	/** The line, with its checksum and without its line end. */
	String line() {
		String body = this.address + "," + String.join(",", this.fields);
		return "$" + body + "*" + checksum(body);
	}

}
