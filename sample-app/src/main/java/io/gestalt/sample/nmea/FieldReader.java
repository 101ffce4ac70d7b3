package io.gestalt.sample.nmea;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.gestalt.sample.nmea.NmeaException.Fault;

/**
 * Reads the fields of a sentence by their number, counted from 1 after the address, as
 * the standard counts them. An empty field is {@code null}: the sender does not know.
 */
record FieldReader(Sentence sentence) {

	private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,9}(\\.\\d{0,9})?");

	private static final Pattern TIME = Pattern.compile("(\\d{2})(\\d{2})(\\d{2})(\\.\\d{0,9})?");

	private static final Pattern DATE = Pattern.compile("(\\d{2})(\\d{2})(\\d{2})");

	/** GPS began in 1980, so the two digits of a year mean 1980 to 2079. */
	private static final int FIRST_YEAR = 1980;

	FieldReader atLeast(int count) {
		if (this.sentence.fields().size() < count) {
			throw new NmeaException(Fault.FIELD, "%s has %d fields: expected at least %d"
				.formatted(this.sentence.address(), this.sentence.fields().size(), count));
		}
		return this;
	}

	String text(int index) {
		return this.sentence.fields().get(index - 1);
	}

	<T> T required(int index, String name, String expected, @Nullable T value) {
		if (value == null) {
			throw malformed(index, name, expected);
		}
		return value;
	}

	@Nullable Double decimal(int index, String name, double min, double max) {
		String text = text(index);
		if (text.isEmpty()) {
			return null;
		}
		String expected = "a number from %.0f to %.0f".formatted(min, max);
		if (!DECIMAL.matcher(text).matches()) {
			throw malformed(index, name, expected);
		}
		double value = Double.parseDouble(text);
		if (value < min || value > max) {
			throw malformed(index, name, expected);
		}
		return value;
	}

	@Nullable LocalTime time(int index) {
		String text = text(index);
		if (text.isEmpty()) {
			return null;
		}
		Matcher matcher = matched(TIME, index, "time", "hhmmss.ss");
		try {
			double fraction = (matcher.group(4) != null) ? Double.parseDouble("0" + matcher.group(4)) : 0;
			return LocalTime.of(part(matcher, 1), part(matcher, 2), part(matcher, 3), (int) Math.round(fraction * 1e9));
		}
		catch (DateTimeException ex) {
			throw malformed(index, "time", "hhmmss.ss");
		}
	}

	@Nullable LocalDate date(int index) {
		String text = text(index);
		if (text.isEmpty()) {
			return null;
		}
		Matcher matcher = matched(DATE, index, "date", "ddmmyy");
		try {
			int year = FIRST_YEAR + Math.floorMod(part(matcher, 3) - FIRST_YEAR, 100);
			return LocalDate.of(year, part(matcher, 2), part(matcher, 1));
		}
		catch (DateTimeException ex) {
			throw malformed(index, "date", "ddmmyy");
		}
	}

	/** An angle and its hemisphere, which stand in two fields from the index on. */
	@Nullable Double angle(int index, Axis axis) {
		String degrees = text(index);
		String hemisphere = text(index + 1);
		if (degrees.isEmpty() && hemisphere.isEmpty()) {
			return null;
		}
		Double value = axis.parse(degrees);
		if (value == null) {
			throw malformed(index, axis.text(), axis.shape());
		}
		return switch (axis.sign(hemisphere)) {
			case 1 -> value;
			case -1 -> -value;
			default -> throw malformed(index + 1, "hemisphere", axis.hemispheres());
		};
	}

	@Nullable Coordinates coordinates(int index) {
		Double latitude = angle(index, Axis.LATITUDE);
		Double longitude = angle(index + 2, Axis.LONGITUDE);
		if (latitude == null && longitude == null) {
			return null;
		}
		return new Coordinates(required(index, "latitude", Axis.LATITUDE.shape(), latitude),
				required(index + 2, "longitude", Axis.LONGITUDE.shape(), longitude));
	}

	NmeaException malformed(int index, String name, String expected) {
		return new NmeaException(Fault.FIELD, "%s field %d (%s) is %s: expected %s".formatted(this.sentence.address(),
				index, name, NmeaException.quote(text(index)), expected));
	}

	private Matcher matched(Pattern pattern, int index, String name, String expected) {
		Matcher matcher = pattern.matcher(text(index));
		if (!matcher.matches()) {
			throw malformed(index, name, expected);
		}
		return matcher;
	}

	private static int part(Matcher matcher, int group) {
		return Integer.parseInt(matcher.group(group));
	}

}
