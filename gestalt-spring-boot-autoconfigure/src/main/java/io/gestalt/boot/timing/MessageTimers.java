package io.gestalt.boot.timing;

import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.gestalt.boot.observation.GestaltObservation;
import io.gestalt.boot.observation.Outcome;
import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/** The timers that observations would make, by the same names and tags. */
final class MessageTimers implements AutoCloseable {

	private final MeterRegistry registry;

	private final Map<Timed, Timer> successes = new ConcurrentHashMap<>();

	private final Map<Timer, Boolean> failures = new ConcurrentHashMap<>();

	MessageTimers(MeterRegistry registry) {
		this.registry = registry;
	}

	/** The timer of what has succeeded. */
	Timer success(Timed timed) {
		return this.successes.computeIfAbsent(timed, (key) -> register(key, null));
	}

	/**
	 * Records that something has ended.
	 * @param timed what
	 * @param success its timer of successes
	 * @param begin when it began, by {@link System#nanoTime()}
	 * @param failure how it failed, {@code null} if it did not
	 */
	void record(Timed timed, Timer success, long begin, @Nullable Throwable failure) {
		long nanos = System.nanoTime() - begin;
		if (failure == null) {
			success.record(nanos, TimeUnit.NANOSECONDS);
			return;
		}
		Timer timer = register(timed,
				(failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure);
		this.failures.put(timer, true);
		timer.record(nanos, TimeUnit.NANOSECONDS);
	}

	private Timer register(Timed timed, @Nullable Throwable failure) {
		Tags tags = Tags.of("error", (failure != null) ? failure.getClass().getSimpleName() : "none");
		for (KeyValue value : Outcome.keyValues(timed.endpoint(), timed.operation(), failure)) {
			tags = tags.and(Tag.of(value.getKey(), value.getValue()));
		}
		return Timer.builder(timed.observation().observationName()).tags(tags).register(this.registry);
	}

	@Override
	public void close() {
		this.successes.values().forEach(this.registry::remove);
		this.failures.keySet().forEach(this.registry::remove);
	}

	/**
	 * What is timed.
	 *
	 * @param observation kind
	 * @param endpoint name of the endpoint
	 * @param operation type of the payload
	 */
	record Timed(GestaltObservation observation, String endpoint, String operation) {
	}

}
