package io.gestalt.boot.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

import io.gestalt.boot.metrics.CountedMeters.CountedMeter;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.message.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * The meters in one registry, and what they read, of which a registry is no owner.
 */
final class BoundMeters {

	private final MeterRegistry registry;

	private final List<Meter> meters = new ArrayList<>();

	private final List<RisingCount> counts = new ArrayList<>();

	BoundMeters(MeterRegistry registry) {
		this.registry = registry;
	}

	void count(CountedMeter counted, Tags tags, Endpoint endpoint, Counter counter) {
		RisingCount count = RisingCount.of(endpoint.counters(), counter);
		this.counts.add(count);
		count(counted.meter(), tags.and(counted.tags()), count, RisingCount::value);
	}

	<T> void count(GestaltMeter meter, Tags tags, T source, ToDoubleFunction<T> count) {
		this.meters.add(FunctionCounter.builder(meter.meterName(), source, count)
			.tags(tags)
			.description(meter.description())
			.baseUnit(meter.baseUnit())
			.register(this.registry));
	}

	<T> void gauge(GestaltMeter meter, Tags tags, T source, ToDoubleFunction<T> value) {
		this.meters.add(Gauge.builder(meter.meterName(), source, value)
			.tags(tags)
			.description(meter.description())
			.baseUnit(meter.baseUnit())
			.register(this.registry));
	}

	void remove() {
		this.meters.forEach(this.registry::remove);
	}

}
