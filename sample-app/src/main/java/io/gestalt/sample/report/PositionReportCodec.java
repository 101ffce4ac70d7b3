package io.gestalt.sample.report;

import java.time.Instant;

import io.gestalt.sample.fleet.Position;

/** Turns compact reports into positions and back; time is cut to whole seconds. */
public final class PositionReportCodec {

	private static final double PER_DEGREE = 1e7;

	private static final double CENTI = 100;

	private static final int CIRCLE = 36_000;

	/**
	 * Reads a report.
	 * @throws IllegalArgumentException if it names no vehicle or no place on earth
	 */
	public Position read(PositionReport report) {
		return new Position(report.getVehicle(), report.getLatitudeE7() / PER_DEGREE,
				report.getLongitudeE7() / PER_DEGREE, Integer.toUnsignedLong(report.getSpeedCmS()) / CENTI,
				report.hasCourseCentidegrees() ? Integer.toUnsignedLong(report.getCourseCentidegrees()) / CENTI : null,
				time(report.getEpochSeconds()));
	}

	public PositionReport write(Position position) {
		PositionReport.Builder report = PositionReport.newBuilder()
			.setVehicle(position.vehicle())
			.setLatitudeE7((int) Math.round(position.latitude() * PER_DEGREE))
			.setLongitudeE7((int) Math.round(position.longitude() * PER_DEGREE))
			.setSpeedCmS((int) Math.round(position.metersPerSecond() * CENTI))
			.setEpochSeconds(position.time().getEpochSecond());
		if (position.courseDegrees() != null) {
			report.setCourseCentidegrees((int) (Math.round(position.courseDegrees() * CENTI) % CIRCLE));
		}
		return report.build();
	}

	private static Instant time(long epochSeconds) {
		if (epochSeconds < 0 || epochSeconds > Integer.toUnsignedLong(-1)) {
			throw new IllegalArgumentException("Time %d is not within 1970 to 2106".formatted(epochSeconds));
		}
		return Instant.ofEpochSecond(epochSeconds);
	}

}
