package io.gestalt.sample.simulator;

import io.gestalt.sample.nmea.Coordinates;

/**
 * Ways on a sphere.
 *
 * @see <a href="https://www.movable-type.co.uk/scripts/latlong.html">Calculate distance,
 * bearing and more between points</a>
 */
final class GreatCircle {

	private static final double EARTH_RADIUS_METERS = 6_371_008.8;

	private GreatCircle() {
	}

	/** The shortest way in metres, by the haversine formula. */
	static double distance(Coordinates from, Coordinates to) {
		double phi1 = Math.toRadians(from.latitude());
		double phi2 = Math.toRadians(to.latitude());
		double height = Math.sin((phi2 - phi1) / 2);
		double width = Math.sin(Math.toRadians(to.longitude() - from.longitude()) / 2);
		double haversine = height * height + Math.cos(phi1) * Math.cos(phi2) * width * width;
		return 2 * EARTH_RADIUS_METERS * Math.asin(Math.min(1, Math.sqrt(haversine)));
	}

	/** The course in degrees at which the shortest way begins. */
	static double course(Coordinates from, Coordinates to) {
		double phi1 = Math.toRadians(from.latitude());
		double phi2 = Math.toRadians(to.latitude());
		double lambda = Math.toRadians(to.longitude() - from.longitude());
		double y = Math.sin(lambda) * Math.cos(phi2);
		double x = Math.cos(phi1) * Math.sin(phi2) - Math.sin(phi1) * Math.cos(phi2) * Math.cos(lambda);
		return wrap(Math.toDegrees(Math.atan2(y, x)));
	}

	/** Where one gets to in so many metres when setting out at a course in degrees. */
	static Coordinates destination(Coordinates from, double course, double meters) {
		double phi = Math.toRadians(from.latitude());
		double theta = Math.toRadians(course);
		double delta = meters / EARTH_RADIUS_METERS;
		double sine = Math.sin(phi) * Math.cos(delta) + Math.cos(phi) * Math.sin(delta) * Math.cos(theta);
		double y = Math.sin(theta) * Math.sin(delta) * Math.cos(phi);
		double x = Math.cos(delta) - Math.sin(phi) * sine;
		double longitude = from.longitude() + Math.toDegrees(Math.atan2(y, x));
		return new Coordinates(Math.toDegrees(Math.asin(sine)), wrap(longitude + 180) - 180);
	}

	static double wrap(double degrees) {
		return ((degrees % 360) + 360) % 360;
	}

}
