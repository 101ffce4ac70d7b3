package io.gestalt.sample.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.gestalt.sample.fleet.Position;
import io.gestalt.sample.nmea.Coordinates;
import io.gestalt.sample.nmea.FixQuality;
import io.gestalt.sample.nmea.Gga;
import io.gestalt.sample.nmea.NmeaCodec;
import io.gestalt.sample.nmea.Rmc;
import io.gestalt.sample.nmea.VehicleIdentification;
import io.gestalt.sample.report.PositionReportCodec;
import io.gestalt.sample.simulator.Transmission.Link;

/**
 * Vehicles on their ways around a town, and what they would send. It sends nothing
 * itself. For use by one thread.
 */
public final class SimulatedFleet {

	private static final List<Link> LINKS = List.of(Link.values());

	private static final Duration LONGEST_STEP = Duration.ofMinutes(1);

	private final NmeaCodec nmea = new NmeaCodec();

	private final PositionReportCodec reports = new PositionReportCodec();

	private final List<SimulatedVehicle> vehicles = new ArrayList<>();

	private final Random random;

	private final int damageEvery;

	private final Clock clock;

	private Instant last;

	public SimulatedFleet(SimulatorProperties properties, Clock clock) {
		this.random = new Random(properties.seed());
		this.damageEvery = properties.damageEvery();
		this.clock = clock;
		this.last = clock.instant();
		for (int i = 1; i <= properties.vehicles(); i++) {
			this.vehicles.add(new SimulatedVehicle("truck-" + i, this.random));
		}
	}

	/**
	 * Lets every vehicle drive up to now.
	 * @return one transmission of each, the ways of sending taken in turn
	 */
	public List<Transmission> step() {
		Instant now = this.clock.instant();
		double seconds = seconds(Duration.between(this.last, now));
		this.last = now;
		List<Transmission> transmissions = new ArrayList<>();
		for (SimulatedVehicle vehicle : this.vehicles) {
			vehicle.drive(seconds, this.random);
			Link link = LINKS.get(transmissions.size() % LINKS.size());
			transmissions.add(transmit(link, vehicle.position(now)));
		}
		return transmissions;
	}

	/** A machine that slept must not find its fleet abroad. */
	private static double seconds(Duration elapsed) {
		Duration bounded = (elapsed.compareTo(LONGEST_STEP) > 0) ? LONGEST_STEP : elapsed;
		return Math.max(0, bounded.toMillis() / 1000.0);
	}

	private Transmission transmit(Link link, Position position) {
		if (link == Link.REPORTS_BY_UDP) {
			return new Transmission.Report(link, this.reports.write(position));
		}
		Coordinates at = new Coordinates(position.latitude(), position.longitude());
		LocalTime time = LocalTime.ofInstant(position.time(), ZoneOffset.UTC);
		double course = (position.courseDegrees() != null) ? position.courseDegrees() : 0;
		Rmc rmc = Rmc.at(position.time(), at, position.metersPerSecond(), course);
		Gga gga = new Gga("GP", time, at, FixQuality.SIMULATED, 4 + this.random.nextInt(9), 0.9, 3.0);
		return new Transmission.Sentences(link, List.of(this.nmea.write(new VehicleIdentification(position.vehicle())),
				perhapsDamaged(this.nmea.write(rmc)), perhapsDamaged(this.nmea.write(gga))));
	}

	/** Flips one bit of the fields at times, as a bad aerial would. */
	private String perhapsDamaged(String line) {
		if (this.damageEvery == 0 || this.random.nextInt(this.damageEvery) > 0) {
			return line;
		}
		StringBuilder damaged = new StringBuilder(line);
		int first = line.indexOf(',') + 1;
		int index = first + this.random.nextInt(line.indexOf('*') - first);
		damaged.setCharAt(index, (char) (line.charAt(index) ^ 1));
		return damaged.toString();
	}

}
