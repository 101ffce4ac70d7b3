package io.gestalt.sample.nmea;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Names the vehicle that the sentences after it come from, as NMEA's own have no room for
 * a name. It is a proprietary sentence, which the standard leaves to anyone.
 *
 * <pre>
 * $PGFLT,ID,truck-7*hh
 * </pre>
 *
 * @param vehicle up to 32 letters, digits, dots, underscores and dashes
 */
public record VehicleIdentification(String vehicle) implements NmeaMessage {

	static final String KEY = "ID";

	private static final Pattern VEHICLE = Pattern.compile("[A-Za-z0-9._-]{1,32}");

	private static final String EXPECTED = "1 to 32 of A-Z a-z 0-9 . _ -";

	public VehicleIdentification {
		if (!VEHICLE.matcher(vehicle).matches()) {
			throw new IllegalArgumentException("Vehicle '%s' is not %s".formatted(vehicle, EXPECTED));
		}
	}

	static VehicleIdentification read(Sentence sentence) {
		FieldReader in = new FieldReader(sentence).atLeast(2);
		if (!VEHICLE.matcher(in.text(2)).matches()) {
			throw in.malformed(2, "vehicle", EXPECTED);
		}
		return new VehicleIdentification(in.text(2));
	}

	Sentence write() {
		return new Sentence(NmeaCodec.PROPRIETARY, List.of(KEY, this.vehicle));
	}

}
