package io.gestalt.sample.nmea;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * An angle as NMEA writes it: whole degrees, then minutes with decimals, without a
 * separator, then the hemisphere in a field of its own.
 *
 * <pre>
 * 4807.038,N   =  48 degrees 07.038 minutes north
 * 01131.000,E  =  11 degrees 31.000 minutes east
 * </pre>
 */
enum Axis {

	/** Two digits of degrees. */
	LATITUDE(2, 90, "N", "S"),

	/** Three digits of degrees. */
	LONGITUDE(3, 180, "E", "W");

	private static final int DECIMALS = 10_000;

	private static final int PER_DEGREE = 60 * DECIMALS;

	private final int digits;

	private final int limit;

	private final String positive;

	private final String negative;

	private final Pattern pattern;

	Axis(int digits, int limit, String positive, String negative) {
		this.digits = digits;
		this.limit = limit;
		this.positive = positive;
		this.negative = negative;
		this.pattern = Pattern.compile("(\\d{" + digits + "})([0-5]\\d(?:\\.\\d{0,9})?)");
	}

	/** Degrees without a sign, or {@code null} if the text is no such angle. */
	@Nullable Double parse(String text) {
		Matcher matcher = this.pattern.matcher(text);
		if (!matcher.matches()) {
			return null;
		}
		double degrees = Integer.parseInt(matcher.group(1)) + Double.parseDouble(matcher.group(2)) / 60;
		return (degrees <= this.limit) ? degrees : null;
	}

	/** 1 or -1, or 0 if the text names no hemisphere of this axis. */
	int sign(String hemisphere) {
		if (hemisphere.equals(this.positive)) {
			return 1;
		}
		return hemisphere.equals(this.negative) ? -1 : 0;
	}

	/** Both fields of the angle, rounded as a whole so that minutes never read 60. */
	String format(double degrees) {
		long rounded = Math.round(Math.abs(degrees) * PER_DEGREE);
		long minutes = rounded % PER_DEGREE;
		return String.format(Locale.ROOT, "%0" + this.digits + "d%02d.%04d,%s", rounded / PER_DEGREE,
				minutes / DECIMALS, minutes % DECIMALS, (degrees < 0) ? this.negative : this.positive);
	}

	String text() {
		return name().toLowerCase(Locale.ROOT);
	}

	String shape() {
		return (this == LATITUDE) ? "ddmm.mmmm" : "dddmm.mmmm";
	}

	String hemispheres() {
		return this.positive + " or " + this.negative;
	}

}
