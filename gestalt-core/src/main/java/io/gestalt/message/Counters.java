package io.gestalt.message;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** The counts of one endpoint since it was created; safe for use by many threads. */
public final class Counters {

	private final Map<Counter, LongAdder> adders = new EnumMap<>(Counter.class);

	public Counters() {
		for (Counter counter : Counter.values()) {
			this.adders.put(counter, new LongAdder());
		}
	}

	public void increment(Counter counter) {
		adder(counter).increment();
	}

	public void add(Counter counter, long count) {
		adder(counter).add(count);
	}

	public long get(Counter counter) {
		return adder(counter).sum();
	}

	private LongAdder adder(Counter counter) {
		return Objects.requireNonNull(this.adders.get(counter));
	}

	/** All counts that differ from zero. */
	public Map<Counter, Long> snapshot() {
		Map<Counter, Long> counts = new EnumMap<>(Counter.class);
		for (Counter counter : Counter.values()) {
			long count = get(counter);
			if (count != 0) {
				counts.put(counter, count);
			}
		}
		return Collections.unmodifiableMap(counts);
	}

	@Override
	public String toString() {
		return snapshot().toString();
	}

}
