package io.gestalt.boot.timer.metrics;

import java.util.List;

import io.micrometer.core.instrument.Meter;
import org.jspecify.annotations.Nullable;

/** The meters of timers. Each has the tag {@code timer}, the name of the timer. */
public enum TimerMeter {

	/** Runs by how they ended. */
	RUNS("gestalt.timer.runs", Meter.Type.COUNTER, "runs", "Runs that have ended", "outcome"),
	/** How late runs begin. */
	LAG("gestalt.timer.lag", Meter.Type.TIMER, "seconds", "How much later than scheduled runs begin"),
	/** Ticks without a run. */
	SKIPPED("gestalt.timer.skipped", Meter.Type.COUNTER, "ticks", "Ticks that led to no run"),
	/** Runs under way. */
	RUNNING("gestalt.timer.running", Meter.Type.GAUGE, "runs", "Runs that are under way");

	private final String meterName;

	private final Meter.Type type;

	private final String unit;

	private final String description;

	@SuppressWarnings("ImmutableEnumChecker")
	private final List<String> tags;

	TimerMeter(String meterName, Meter.Type type, String unit, String description, String... tags) {
		this.meterName = meterName;
		this.type = type;
		this.unit = unit;
		this.description = description;
		this.tags = List.of(tags);
	}

	/** Its name in a {@code MeterRegistry}. */
	public String meterName() {
		return this.meterName;
	}

	/** What kind of meter it is. */
	public Meter.Type type() {
		return this.type;
	}

	/** What it counts. */
	public String unit() {
		return this.unit;
	}

	/** Its unit for a registry, some of which append that to the name. */
	@Nullable String baseUnit() {
		return List.of(this.meterName.split("\\.")).contains(this.unit) ? null : this.unit;
	}

	/** What it says, in one sentence without its end. */
	public String description() {
		return this.description;
	}

	/** The keys of its tags beside {@code timer}. */
	public List<String> tags() {
		return this.tags;
	}

}
