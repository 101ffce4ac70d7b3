package io.gestalt.sample.nmea;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Recommended minimum data: where, how fast and when.
 *
 * <pre>
 *        1      2 3        4 5         6 7     8     9      10    11
 * $GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A
 *        time   | latitude   longitude   knots course date   variation
 *               status: A valid, V void
 * </pre>
 *
 * Variation and the mode that later versions append are not read.
 *
 * @param talker who speaks, such as {@code GP}
 * @param time when, {@code null} before the receiver knows
 * @param valid whether the receiver vouches for the position
 * @param coordinates where, there whenever valid
 * @param speedKnots speed over ground in knots, {@code null} if unknown
 * @param courseDegrees direction of travel, clockwise from true north, {@code null} at
 * rest
 */
public record Rmc(String talker, @Nullable Instant time, boolean valid, @Nullable Coordinates coordinates,
		@Nullable Double speedKnots, @Nullable Double courseDegrees) implements NmeaMessage {

	static final String TYPE = "RMC";

	private static final double METERS_PER_SECOND_PER_KNOT = 1852.0 / 3600;

	private static final int MIN_FIELDS = 9;

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss.SS", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("ddMMyy", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	/** A valid fix of a GPS receiver. */
	public static Rmc at(Instant time, Coordinates coordinates, double metersPerSecond, double courseDegrees) {
		return new Rmc("GP", time, true, coordinates, metersPerSecond / METERS_PER_SECOND_PER_KNOT, courseDegrees);
	}

	static Rmc read(Sentence sentence) {
		FieldReader in = new FieldReader(sentence).atLeast(MIN_FIELDS);
		boolean valid = switch (in.text(2)) {
			case "A" -> true;
			case "V" -> false;
			default -> throw in.malformed(2, "status", "A or V");
		};
		Coordinates coordinates = in.coordinates(3);
		LocalTime time = in.time(1);
		LocalDate date = in.date(9);
		if (valid) {
			in.required(3, "latitude", Axis.LATITUDE.shape(), coordinates);
			in.required(1, "time", "hhmmss.ss", time);
			in.required(9, "date", "ddmmyy", date);
		}
		Instant instant = (time != null && date != null) ? date.atTime(time).toInstant(ZoneOffset.UTC) : null;
		return new Rmc(sentence.talker(), instant, valid, coordinates, in.decimal(7, "speed", 0, 9999),
				in.decimal(8, "course", 0, 360));
	}

	/** Speed over ground in metres per second, {@code null} if unknown. */
	public @Nullable Double metersPerSecond() {
		return (this.speedKnots != null) ? this.speedKnots * METERS_PER_SECOND_PER_KNOT : null;
	}

	Sentence write() {
		Coordinates at = this.coordinates;
		String body = String.join(",", (this.time != null) ? TIME.format(this.time) : "", this.valid ? "A" : "V",
				(at != null) ? Axis.LATITUDE.format(at.latitude()) : ",",
				(at != null) ? Axis.LONGITUDE.format(at.longitude()) : ",", Decimals.oneDigit(this.speedKnots),
				Decimals.course(this.courseDegrees), (this.time != null) ? DATE.format(this.time) : "", "", "",
				this.valid ? "A" : "N");
		return new Sentence(this.talker + TYPE, List.of(body.split(",", -1)));
	}

}
