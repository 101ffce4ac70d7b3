package io.gestalt.sample.nmea;

import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Fix data: where, at which time of day, and how well that is known. It bears no date.
 *
 * <pre>
 *        1      2        3 4         5 6 7  8   9     10 11  12 13 14
 * $GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47
 *        time   latitude   longitude   | |  |   altitude geoid  age and station
 *                                      | |  horizontal dilution of precision
 *                                      | satellites in use
 *                                      quality
 * </pre>
 *
 * @param talker who speaks, such as {@code GP}
 * @param time the time of day in UTC, {@code null} before the receiver knows
 * @param coordinates where, there unless the quality is {@link FixQuality#NONE}
 * @param quality how the position was found
 * @param satellites how many are in use
 * @param dilution horizontal dilution of precision, {@code null} if unknown
 * @param altitudeMeters height above mean sea level in metres, {@code null} if unknown
 */
public record Gga(String talker, @Nullable LocalTime time, @Nullable Coordinates coordinates, FixQuality quality,
		int satellites, @Nullable Double dilution, @Nullable Double altitudeMeters) implements NmeaMessage {

	static final String TYPE = "GGA";

	private static final int MIN_FIELDS = 10;

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss.SS", Locale.ROOT);

	static Gga read(Sentence sentence) {
		FieldReader in = new FieldReader(sentence).atLeast(MIN_FIELDS);
		FixQuality quality = in.required(6, "quality", "0 to 8", FixQuality.of(in.text(6)));
		LocalTime time = in.time(1);
		Coordinates coordinates = in.coordinates(2);
		if (quality != FixQuality.NONE) {
			in.required(1, "time", "hhmmss.ss", time);
			in.required(2, "latitude", Axis.LATITUDE.shape(), coordinates);
		}
		return new Gga(sentence.talker(), time, coordinates, quality, satellites(in),
				in.decimal(8, "dilution", 0, 9999), altitude(in));
	}

	private static int satellites(FieldReader in) {
		String text = in.text(7);
		if (!text.matches("\\d{0,2}")) {
			throw in.malformed(7, "satellites", "0 to 99");
		}
		return text.isEmpty() ? 0 : Integer.parseInt(text);
	}

	private static @Nullable Double altitude(FieldReader in) {
		Double altitude = in.decimal(9, "altitude", -10_000, 1_000_000);
		if (altitude != null && !in.text(10).equals("M")) {
			throw in.malformed(10, "unit of altitude", "M");
		}
		return altitude;
	}

	Sentence write() {
		Coordinates at = this.coordinates;
		String body = String.join(",", (this.time != null) ? TIME.format(this.time) : "",
				(at != null) ? Axis.LATITUDE.format(at.latitude()) : ",",
				(at != null) ? Axis.LONGITUDE.format(at.longitude()) : ",", this.quality.text(),
				String.format(Locale.ROOT, "%02d", this.satellites), Decimals.oneDigit(this.dilution),
				Decimals.oneDigit(this.altitudeMeters), "M", "", "M", "", "");
		return new Sentence(this.talker + TYPE, List.of(body.split(",", -1)));
	}

}
