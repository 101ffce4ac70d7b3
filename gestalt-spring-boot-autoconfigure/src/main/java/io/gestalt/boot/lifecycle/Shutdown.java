package io.gestalt.boot.lifecycle;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.gestalt.boot.endpoint.EndpointRole;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.endpoint.EndpointObserver;
import io.gestalt.endpoint.StopReport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;

/**
 * Sees to the order of a stop: the application is not ready any more before the first
 * endpoint stops, and a report follows the last one.
 */
final class Shutdown implements ApplicationListener<ContextClosedEvent>, EndpointObserver, Ordered {

	private static final Logger logger = LoggerFactory.getLogger(Endpoint.class);

	/** What clients get in any case, to be rid of what was sent in the last moment. */
	private static final Duration LAST_WORDS = Duration.ofSeconds(1);

	private final ApplicationContext context;

	private final Map<String, StopReport> reports = new ConcurrentHashMap<>();

	private volatile @Nullable Long begun;

	Shutdown(ApplicationContext context) {
		this.context = context;
	}

	/**
	 * Applications without a web server say so too, as those with one do by themselves.
	 */
	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		if (event.getApplicationContext() != this.context) {
			return;
		}
		this.reports.clear();
		this.begun = System.nanoTime();
		ApplicationAvailability availability = this.context.getBeanProvider(ApplicationAvailability.class)
			.getIfAvailable();
		if (availability == null || availability.getReadinessState() != ReadinessState.REFUSING_TRAFFIC) {
			AvailabilityChangeEvent.publish(this.context, ReadinessState.REFUSING_TRAFFIC);
		}
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public void onEvent(EndpointEvent event) {
		if (this.begun != null && event instanceof EndpointEvent.Stopped stopped) {
			this.reports.put(stopped.endpoint(), stopped.report());
		}
	}

	/** What is left of a grace period that began with the stop of the application. */
	Duration left(Duration grace) {
		Long start = this.begun;
		if (start == null) {
			return grace;
		}
		Duration left = grace.minusNanos(System.nanoTime() - start);
		Duration least = (grace.compareTo(LAST_WORDS) < 0) ? grace : LAST_WORDS;
		return (left.compareTo(least) < 0) ? least : left;
	}

	/** Some endpoints have stopped. Clients do so last. */
	void stopped(EndpointRole role) {
		if (role == EndpointRole.CLIENT) {
			done();
		}
	}

	/** All endpoints have stopped; says so once, and only if the application stops. */
	private void done() {
		Long start = this.begun;
		if (start == null || this.reports.isEmpty()) {
			return;
		}
		this.begun = null;
		ShutdownReport report = new ShutdownReport(this.reports, Duration.ofNanos(System.nanoTime() - start));
		logger.info("{} endpoints stopped within {} ms: {} handled, {} abandoned, {} returned, {} dropped",
				report.endpoints().size(), report.elapsed().toMillis(), report.handled(), report.abandoned(),
				report.returned(), report.dropped());
		this.context.publishEvent(report);
	}

}
