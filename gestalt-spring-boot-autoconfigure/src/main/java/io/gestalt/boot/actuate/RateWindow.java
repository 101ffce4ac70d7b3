package io.gestalt.boot.actuate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.gestalt.boot.actuate.EndpointNode.Rates;
import io.gestalt.boot.support.Words;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.message.Counter;
import org.jspecify.annotations.Nullable;

/**
 * How fast endpoints counted since somebody looked before, a minute ago at the most, so
 * that several who look do not spoil each other's rates.
 */
final class RateWindow {

	private static final long LONGEST = TimeUnit.MINUTES.toNanos(1);

	private static final long SHORTEST = TimeUnit.SECONDS.toNanos(1);

	private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

	private final Map<String, Deque<Sample>> samples = new ConcurrentHashMap<>();

	/** Looks at an endpoint; the first look finds no rates. */
	@Nullable Rates look(Endpoint endpoint) {
		Sample now = new Sample(System.nanoTime(), endpoint.counters().snapshot());
		Deque<Sample> known = this.samples.computeIfAbsent(endpoint.name(), (name) -> new ArrayDeque<>());
		synchronized (known) {
			forget(known, now.nanos);
			Sample base = known.peekFirst();
			if (base == null || now.nanos - known.getLast().nanos >= SHORTEST) {
				known.addLast(now);
			}
			return (base != null) ? rates(base, now) : null;
		}
	}

	/** Keeps one that is too old, if the next is not. */
	private static void forget(Deque<Sample> known, long now) {
		while (known.size() > 1) {
			Iterator<Sample> oldest = known.iterator();
			oldest.next();
			if (now - oldest.next().nanos < LONGEST) {
				return;
			}
			known.removeFirst();
		}
	}

	private static Rates rates(Sample base, Sample now) {
		double seconds = Math.max(1, now.nanos - base.nanos) / NANOS;
		Map<String, Double> perSecond = new TreeMap<>();
		now.counts.forEach((counter, count) -> {
			long change = count - base.counts.getOrDefault(counter, 0L);
			if (change != 0) {
				perSecond.put(Words.constant(counter), rounded(change / seconds));
			}
		});
		return new Rates(rounded(seconds), perSecond);
	}

	private static double rounded(double value) {
		return Math.round(value * 1000) / 1000.0;
	}

	private record Sample(long nanos, Map<Counter, Long> counts) {
	}

}
