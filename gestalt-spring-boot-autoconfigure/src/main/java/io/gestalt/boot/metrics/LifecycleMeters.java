package io.gestalt.boot.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

import io.gestalt.boot.endpoint.GestaltEndpoints;
import io.gestalt.boot.lifecycle.ShutdownReport;
import io.gestalt.boot.metrics.GestaltMeter.Tag;
import io.gestalt.boot.uncaught.UncaughtErrors;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.StopReport;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Shows what becomes of the application: errors that nobody handled, and its end. */
final class LifecycleMeters implements MeterBinder, AutoCloseable {

	private static final Map<String, ToLongFunction<StopReport>> OUTCOMES = Map.of("handled", StopReport::handled,
			"abandoned", StopReport::abandoned, "returned", StopReport::returned, "dropped", StopReport::dropped);

	private final GestaltEndpoints endpoints;

	private final UncaughtErrors errors;

	private final List<BoundMeters> bound = new CopyOnWriteArrayList<>();

	private volatile ShutdownReport report = new ShutdownReport(Map.of(), Duration.ZERO);

	LifecycleMeters(GestaltEndpoints endpoints, UncaughtErrors errors) {
		this.endpoints = endpoints;
		this.errors = errors;
	}

	/** Comes first, so that others who hear of it can read the meters. */
	@EventListener
	@Order(Ordered.HIGHEST_PRECEDENCE)
	void stopped(ShutdownReport end) {
		this.report = end;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		BoundMeters meters = new BoundMeters(registry);
		meters.count(GestaltMeter.UNCAUGHT, Tags.empty(), this.errors, UncaughtErrors::count);
		meters.gauge(GestaltMeter.SHUTDOWN_TIME, Tags.empty(), this,
				(it) -> (double) it.report.elapsed().toNanos() / TimeUnit.SECONDS.toNanos(1));
		this.endpoints.all().forEach((endpoint) -> bind(meters, endpoint));
		this.bound.add(meters);
	}

	private void bind(BoundMeters meters, Endpoint endpoint) {
		Tags tags = Tags.of(Tag.ENDPOINT, endpoint.name(), Tag.TRANSPORT, EndpointTransport.of(endpoint).word());
		OUTCOMES.forEach((outcome, part) -> meters.count(GestaltMeter.SHUTDOWN, tags.and(Tag.OUTCOME, outcome), this,
				(it) -> it.count(endpoint.name(), part)));
	}

	private long count(String endpoint, ToLongFunction<StopReport> part) {
		StopReport known = this.report.endpoints().get(endpoint);
		return (known != null) ? part.applyAsLong(known) : 0;
	}

	@Override
	public void close() {
		this.bound.forEach(BoundMeters::remove);
		this.bound.clear();
	}

}
