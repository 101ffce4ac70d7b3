package io.gestalt.boot.timer.metrics;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.gestalt.boot.support.Words;
import io.gestalt.boot.timer.ConfiguredTimers;
import io.gestalt.timer.Timer;
import io.gestalt.timer.TimerEvent;
import io.gestalt.timer.TimerEvent.Outcome;
import io.gestalt.timer.TimerObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Counts what timers do. The meters of a timer are there when it has started, and go with
 * the application context. Timers of calls share the name {@code other}, as there may be
 * any number of them.
 */
final class TimerMeters implements TimerObserver, AutoCloseable {

	static final String OTHER = "other";

	private final MeterRegistry registry;

	private final ObjectProvider<ConfiguredTimers> configured;

	private final Map<String, Meters> meters = new ConcurrentHashMap<>();

	TimerMeters(MeterRegistry registry, ObjectProvider<ConfiguredTimers> configured) {
		this.registry = registry;
		this.configured = configured;
	}

	@Override
	public void onEvent(TimerEvent event) {
		Meters meters = meters(event.timer());
		if (event instanceof TimerEvent.RunBegun begun) {
			meters.lag.record(begun.lag().isNegative() ? Duration.ZERO : begun.lag());
		}
		else if (event instanceof TimerEvent.RunEnded ended) {
			meters.ended(ended.outcome()).increment();
		}
		else if (event instanceof TimerEvent.Skipped skipped) {
			meters.skipped.increment((double) skipped.count());
		}
	}

	private Meters meters(Timer timer) {
		boolean known = this.configured.stream().anyMatch((timers) -> timers.find(timer.name()) != null);
		return this.meters.computeIfAbsent(known ? timer.name() : OTHER, (name) -> {
			Meters made = new Meters(this.registry, Tags.of("timer", name));
			if (known) {
				made.running(timer);
			}
			return made;
		});
	}

	@Override
	public void close() {
		this.meters.values().forEach(Meters::remove);
		this.meters.clear();
	}

	/** The meters of one name. */
	private static final class Meters {

		private final MeterRegistry registry;

		private final Tags tags;

		private final Map<Outcome, Counter> runs = new EnumMap<>(Outcome.class);

		private final io.micrometer.core.instrument.Timer lag;

		private final Counter skipped;

		private final List<Meter> gauges = new CopyOnWriteArrayList<>();

		Meters(MeterRegistry registry, Tags tags) {
			this.registry = registry;
			this.tags = tags;
			for (Outcome outcome : Outcome.values()) {
				this.runs.put(outcome, counter(TimerMeter.RUNS, tags.and("outcome", Words.constant(outcome))));
			}
			this.lag = io.micrometer.core.instrument.Timer.builder(TimerMeter.LAG.meterName())
				.tags(tags)
				.description(TimerMeter.LAG.description())
				.register(registry);
			this.skipped = counter(TimerMeter.SKIPPED, tags);
		}

		private Counter counter(TimerMeter meter, Tags its) {
			return Counter.builder(meter.meterName())
				.tags(its)
				.description(meter.description())
				.baseUnit(meter.baseUnit())
				.register(this.registry);
		}

		Counter ended(Outcome outcome) {
			Counter counter = this.runs.get(outcome);
			if (counter == null) {
				throw new IllegalStateException("No counter for outcome '%s'".formatted(outcome));
			}
			return counter;
		}

		void running(Timer timer) {
			TimerMeter meter = TimerMeter.RUNNING;
			this.gauges.add(Gauge.builder(meter.meterName(), timer, Timer::running)
				.tags(this.tags)
				.description(meter.description())
				.baseUnit(meter.baseUnit())
				.register(this.registry));
		}

		void remove() {
			this.runs.values().forEach(this.registry::remove);
			this.gauges.forEach(this.registry::remove);
			this.registry.remove(this.lag);
			this.registry.remove(this.skipped);
		}

	}

}
