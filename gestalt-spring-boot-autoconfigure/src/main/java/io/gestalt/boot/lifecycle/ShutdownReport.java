package io.gestalt.boot.lifecycle;

import java.time.Duration;
import java.util.Map;
import java.util.function.ToLongFunction;

import io.gestalt.endpoint.StopReport;

/**
 * What became of messages when the application stopped: published as an application event
 * when the last endpoint has stopped.
 *
 * @param endpoints what each endpoint that was open reports, by its name
 * @param elapsed how long it took from the first to the last
 */
public record ShutdownReport(Map<String, StopReport> endpoints, Duration elapsed) {

	public ShutdownReport {
		endpoints = Map.copyOf(endpoints);
	}

	/** Messages that handlers finished meanwhile. */
	public long handled() {
		return sum(StopReport::handled);
	}

	/** Messages that were accepted but not handled in time. */
	public long abandoned() {
		return sum(StopReport::abandoned);
	}

	/** Messages that went back to the broker, to be delivered again. */
	public long returned() {
		return sum(StopReport::returned);
	}

	/** Messages that were to be sent but were not. */
	public long dropped() {
		return sum(StopReport::dropped);
	}

	private long sum(ToLongFunction<StopReport> part) {
		return this.endpoints.values().stream().mapToLong(part).sum();
	}

}
