package io.gestalt.sample.simulator;

import java.time.Instant;
import java.util.Random;

import io.gestalt.sample.fleet.Position;
import io.gestalt.sample.nmea.Coordinates;

/** Drives along a great circle until it leaves the town, then turns back towards it. */
final class SimulatedVehicle {

	private static final Coordinates TOWN = new Coordinates(52.0907, 5.1214);

	private static final double RADIUS_METERS = 5000;

	private static final double MIN_SPEED = 2;

	private static final double MAX_SPEED = 25;

	private final String name;

	private Coordinates place;

	private double metersPerSecond;

	private double course;

	SimulatedVehicle(String name, Random random) {
		this.name = name;
		this.place = GreatCircle.destination(TOWN, random.nextDouble() * 360, random.nextDouble() * RADIUS_METERS);
		this.metersPerSecond = MIN_SPEED + random.nextDouble() * (MAX_SPEED - MIN_SPEED);
		this.course = random.nextDouble() * 360;
	}

	void drive(double seconds, Random random) {
		double change = random.nextGaussian() * 0.5;
		this.metersPerSecond = Math.max(MIN_SPEED, Math.min(MAX_SPEED, this.metersPerSecond + change));
		double swerve = random.nextGaussian() * 30;
		double meters = this.metersPerSecond * seconds;
		if (meters > 0) {
			Coordinates start = this.place;
			this.place = GreatCircle.destination(start, this.course, meters);
			this.course = GreatCircle.wrap(GreatCircle.course(this.place, start) + 180);
		}
		if (GreatCircle.distance(this.place, TOWN) > RADIUS_METERS) {
			this.course = GreatCircle.wrap(GreatCircle.course(this.place, TOWN) + swerve);
		}
	}

	Position position(Instant now) {
		return new Position(this.name, this.place.latitude(), this.place.longitude(), this.metersPerSecond, this.course,
				now);
	}

}
