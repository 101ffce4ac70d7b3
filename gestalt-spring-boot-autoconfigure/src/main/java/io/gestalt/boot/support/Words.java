package io.gestalt.boot.support;

import java.util.Locale;

import org.springframework.util.unit.DataSize;

/** Writes values as users write them in their configuration. */
public final class Words {

	private static final String[] UNITS = { "B", "KB", "MB", "GB", "TB" };

	private static final int STEP = 1024;

	private Words() {
	}

	/** A constant in lower case with hyphens. */
	public static String constant(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** A size in the largest unit that leaves no fraction. */
	public static String size(DataSize size) {
		long number = size.toBytes();
		int unit = 0;
		while (number >= STEP && number % STEP == 0 && unit < UNITS.length - 1) {
			number /= STEP;
			unit++;
		}
		return number + UNITS[unit];
	}

}
