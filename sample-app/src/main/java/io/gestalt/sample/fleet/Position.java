package io.gestalt.sample.fleet;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Where a vehicle was at a time.
 *
 * @param vehicle its name
 * @param latitude degrees, north positive
 * @param longitude degrees, east positive
 * @param metersPerSecond speed over ground
 * @param courseDegrees direction of travel, clockwise from true north, {@code null} if
 * unknown
 * @param time when it was there
 */
public record Position(String vehicle, double latitude, double longitude, double metersPerSecond,
		@Nullable Double courseDegrees, Instant time) {

	private static final int MAX_NAME = 128;

	public Position {
		if (vehicle.isBlank() || vehicle.length() > MAX_NAME) {
			throw new IllegalArgumentException(
					"Vehicle '%.20s' is not a name of 1 to %d characters".formatted(vehicle, MAX_NAME));
		}
		check(vehicle, "Latitude", latitude, -90, 90);
		check(vehicle, "Longitude", longitude, -180, 180);
		check(vehicle, "Speed", metersPerSecond, 0, 10_000);
		if (courseDegrees != null) {
			check(vehicle, "Course", courseDegrees, 0, 360);
		}
	}

	private static void check(String vehicle, String name, double value, double min, double max) {
		if (!(value >= min && value <= max)) {
			throw new IllegalArgumentException(
					"%s %s of vehicle '%s' is not within %.0f to %.0f".formatted(name, value, vehicle, min, max));
		}
	}

}
