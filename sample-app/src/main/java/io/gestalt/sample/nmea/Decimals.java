package io.gestalt.sample.nmea;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** Writes numbers as fields; what is not known becomes an empty field. */
final class Decimals {

	private static final int TENTHS_OF_A_CIRCLE = 3600;

	private Decimals() {
	}

	static String oneDigit(@Nullable Double value) {
		return (value != null) ? String.format(Locale.ROOT, "%.1f", value) : "";
	}

	/** A course, wrapped so that 359.96 degrees read 0.0. */
	static String course(@Nullable Double degrees) {
		return (degrees != null) ? oneDigit(Math.floorMod(Math.round(degrees * 10), TENTHS_OF_A_CIRCLE) / 10.0) : "";
	}

}
