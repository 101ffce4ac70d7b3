package io.gestalt.boot.actuate;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.gestalt.endpoint.Endpoint;
import io.gestalt.transport.WireTapped;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.actuate.endpoint.Sanitizer;

/** Begins and ends the wire logs of endpoints, one for each at the most. */
final class WireLogs {

	private static final Logger logger = LoggerFactory.getLogger(WireLog.LOGGER);

	private final GestaltEndpointProperties.WireLog properties;

	private final Sanitizer sanitizer;

	private final Map<String, WireLog> active = new ConcurrentHashMap<>();

	WireLogs(GestaltEndpointProperties.WireLog properties, Sanitizer sanitizer) {
		this.properties = properties;
		this.sanitizer = sanitizer;
	}

	/**
	 * Begins a log in place of the one that is there, which for no time at all only ends.
	 * @throws OperationRefusedException if it would be too long, or the endpoint has no
	 * wire that could be looked at
	 */
	void write(Endpoint endpoint, Duration duration) {
		if (!(endpoint instanceof WireTapped tapped)) {
			throw new OperationRefusedException("Endpoint '%s' does not show its wire".formatted(endpoint.name()),
					"Look at 'counters' and 'rates', or at the management console of the broker.");
		}
		Duration limit = this.properties.maxDuration();
		if (duration.isNegative() || duration.compareTo(limit) > 0) {
			throw new OperationRefusedException(
					"A wire log of %d s exceeds the limit of %d s".formatted(duration.toSeconds(), limit.toSeconds()),
					"Ask for less, or set 'management.endpoint.gestalt.wire-log.max-duration'.");
		}
		this.active.compute(endpoint.name(), (name, before) -> {
			if (before != null) {
				end(name, tapped, before);
			}
			return duration.isZero() ? null : begin(name, tapped, duration);
		});
	}

	private WireLog begin(String endpoint, WireTapped tapped, Duration duration) {
		WireLog log = new WireLog(endpoint, duration.toNanos(), this.properties, this.sanitizer);
		logger.info("Endpoint '{}' logs its wire for {} s", endpoint, duration.toSeconds());
		tapped.tap(log);
		CompletableFuture.delayedExecutor(duration.toNanos(), TimeUnit.NANOSECONDS)
			.execute(() -> this.active.computeIfPresent(endpoint, (name, current) -> {
				if (current == log) {
					end(name, tapped, log);
				}
				return (current == log) ? null : current;
			}));
		return log;
	}

	/** Not while another begins or ends, or a log that is over would stay there. */
	private static void end(String endpoint, WireTapped tapped, WireLog log) {
		tapped.tap(null);
		logger.info("Endpoint '{}' does not log its wire any more, after {} lines", endpoint, log.lines());
	}

}
