package io.gestalt.sample.tracker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

import io.gestalt.sample.fleet.Fleet;
import io.gestalt.sample.fleet.Position;
import io.gestalt.sample.fleet.Rejection;
import io.gestalt.sample.fleet.VehicleSessions;
import io.gestalt.sample.nmea.Coordinates;
import io.gestalt.sample.nmea.FixQuality;
import io.gestalt.sample.nmea.Gga;
import io.gestalt.sample.nmea.NmeaCodec;
import io.gestalt.sample.nmea.NmeaException;
import io.gestalt.sample.nmea.NmeaMessage;
import io.gestalt.sample.nmea.Refusal;
import io.gestalt.sample.nmea.Rmc;
import io.gestalt.sample.nmea.VehicleIdentification;
import io.gestalt.sample.report.PositionReport;
import io.gestalt.sample.report.PositionReportCodec;

/** Brings what peers send to the fleet; what is no good costs a count and an answer. */
@Component
public final class Tracker {

	private final NmeaCodec nmea = new NmeaCodec();

	private final PositionReportCodec reports = new PositionReportCodec();

	private final Fleet fleet;

	private final VehicleSessions sessions;

	private final Clock clock;

	public Tracker(Fleet fleet, VehicleSessions sessions, Clock clock) {
		this.fleet = fleet;
		this.sessions = sessions;
		this.clock = clock;
	}

	/**
	 * Takes the sentences of a peer, one to a line.
	 * @return a sentence about the first that was refused, {@code null} if none was: a
	 * datagram of many bad lines is not worth as many answers to an address it may have
	 * made up
	 */
	public @Nullable String accept(String peer, String lines) {
		List<Refusal> refusals = lines.lines()
			.filter((line) -> !line.isBlank())
			.map((line) -> sentence(peer, line))
			.filter(Objects::nonNull)
			.toList();
		return refusals.isEmpty() ? null : this.nmea.write(refusals.get(0));
	}

	/** Takes a compact report; a bad one is counted. */
	public void accept(PositionReport report) {
		Position position;
		try {
			position = this.reports.read(report);
		}
		catch (IllegalArgumentException ex) {
			this.fleet.reject(Rejection.FIELD);
			return;
		}
		this.fleet.accept(position);
	}

	private @Nullable Refusal sentence(String peer, String line) {
		NmeaMessage message;
		try {
			message = this.nmea.read(line);
		}
		catch (NmeaException ex) {
			Rejection reason = reason(ex);
			this.fleet.reject(reason);
			return new Refusal(reason.name(), String.valueOf(ex.getMessage()));
		}
		if (message instanceof VehicleIdentification identification) {
			this.sessions.identify(peer, identification.vehicle());
		}
		else if (message instanceof Rmc rmc) {
			fix(this.sessions.vehicle(peer), rmc);
		}
		else if (message instanceof Gga gga) {
			fix(this.sessions.vehicle(peer), gga);
		}
		return null;
	}

	private void fix(String vehicle, Rmc rmc) {
		Coordinates at = rmc.coordinates();
		if (!rmc.valid() || at == null || rmc.time() == null) {
			this.fleet.reject(Rejection.NO_FIX);
			return;
		}
		Double speed = rmc.metersPerSecond();
		this.fleet.accept(new Position(vehicle, at.latitude(), at.longitude(), (speed != null) ? speed : 0,
				rmc.courseDegrees(), rmc.time()));
	}

	/** Fix data tell neither date, speed nor course: the last known two stay. */
	private void fix(String vehicle, Gga gga) {
		Coordinates at = gga.coordinates();
		if (gga.quality() == FixQuality.NONE || at == null || gga.time() == null) {
			this.fleet.reject(Rejection.NO_FIX);
			return;
		}
		Position last = this.fleet.lastPosition(vehicle);
		this.fleet
			.accept(new Position(vehicle, at.latitude(), at.longitude(), (last != null) ? last.metersPerSecond() : 0,
					(last != null) ? last.courseDegrees() : null, nearest(this.clock.instant(), gga.time())));
	}

	/** The instant of that time of day which is less than half a day away. */
	private static Instant nearest(Instant now, LocalTime time) {
		Instant today = now.atZone(ZoneOffset.UTC).with(time).toInstant();
		long days = Math.round((double) Duration.between(today, now).toSeconds() / Duration.ofDays(1).toSeconds());
		return today.plus(Duration.ofDays(days));
	}

	private static Rejection reason(NmeaException ex) {
		return switch (ex.fault()) {
			case FRAMING -> Rejection.FRAMING;
			case CHECKSUM -> Rejection.CHECKSUM;
			case FIELD -> Rejection.FIELD;
		};
	}

}
