package io.gestalt.sample.nmea;

import org.jspecify.annotations.Nullable;

/** How a position was found, one digit on the wire. */
public enum FixQuality {

	/** No position. */
	NONE('0'),

	/** Satellites alone. */
	GPS('1'),

	/** Corrected by a reference station. */
	DIFFERENTIAL('2'),

	/** Precise positioning service. */
	PRECISE('3'),

	/** Real time kinematic, to centimetres. */
	RTK('4'),

	/** Real time kinematic that has not settled. */
	FLOAT_RTK('5'),

	/** Dead reckoning. */
	ESTIMATED('6'),

	/** Typed in. */
	MANUAL('7'),

	/** Made up. */
	SIMULATED('8');

	private final char digit;

	FixQuality(char digit) {
		this.digit = digit;
	}

	static @Nullable FixQuality of(String text) {
		for (FixQuality quality : values()) {
			if (text.equals(quality.text())) {
				return quality;
			}
		}
		return null;
	}

	String text() {
		return String.valueOf(this.digit);
	}

}
