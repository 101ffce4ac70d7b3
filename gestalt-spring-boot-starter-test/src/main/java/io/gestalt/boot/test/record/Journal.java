package io.gestalt.boot.test.record;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.gestalt.message.Counter;
import io.gestalt.message.Counters;

/** What happened at one endpoint, in order, and how to wait for it. */
public final class Journal {

	private final String endpoint;

	private final Duration timeout;

	private final Supplier<Counters> counters;

	private final List<Reception> receptions = new ArrayList<>();

	private final List<SentMessage> sent = new ArrayList<>();

	private final Set<Object> seen = new HashSet<>();

	private final Map<Counter, Long> before = new EnumMap<>(Counter.class);

	Journal(String endpoint, Duration timeout, Supplier<Counters> counters) {
		this.endpoint = endpoint;
		this.timeout = timeout;
		this.counters = counters;
	}

	public Duration timeout() {
		return this.timeout;
	}

	synchronized void add(Reception reception) {
		this.receptions.add(reception);
		notifyAll();
	}

	/** The application has sent something. */
	public synchronized void add(SentMessage message) {
		this.sent.add(message);
		notifyAll();
	}

	synchronized void changed() {
		notifyAll();
	}

	/** Everything that arrived so far. */
	public synchronized List<Reception> receptions() {
		return List.copyOf(this.receptions);
	}

	/** Everything that was sent so far. */
	public synchronized List<SentMessage> sent() {
		return List.copyOf(this.sent);
	}

	/** Forgets everything. */
	public synchronized void clear() {
		this.receptions.clear();
		this.sent.clear();
		this.seen.clear();
		this.before.putAll(this.counters.get().snapshot());
	}

	/** Waits for the next reception that nobody has waited for, and that is done. */
	public Reception awaitReception(String what, Predicate<Reception> wanted) {
		return await(this.receptions, what, (each) -> each.done() && wanted.test(each));
	}

	/** Waits for the next message that nobody has waited for. */
	public SentMessage awaitSent(String what, Predicate<SentMessage> wanted) {
		return await(this.sent, what, wanted);
	}

	private synchronized <T> T await(List<T> all, String what, Predicate<T> wanted) {
		long deadline = System.nanoTime() + this.timeout.toNanos();
		while (true) {
			for (T each : all) {
				if (!this.seen.contains(each) && wanted.test(each)) {
					this.seen.add(each);
					return each;
				}
			}
			if (!pause(deadline)) {
				throw new AssertionError("Endpoint '%s' %s within %d ms. What happened instead:%n%s"
					.formatted(this.endpoint, what, this.timeout.toMillis(), report()));
			}
		}
	}

	/** Makes sure that nothing new happens for a while. */
	public synchronized void assertQuiet(String what, Duration quiet, boolean received) {
		long deadline = System.nanoTime() + quiet.toNanos();
		while (true) {
			List<?> all = received ? this.receptions : this.sent;
			if (!this.seen.containsAll(all)) {
				throw new AssertionError(
						"Endpoint '%s' %s. What happened:%n%s".formatted(this.endpoint, what, report()));
			}
			if (!pause(deadline)) {
				return;
			}
		}
	}

	private synchronized boolean pause(long deadline) {
		long left = deadline - System.nanoTime();
		if (left <= 0) {
			return false;
		}
		try {
			TimeUnit.NANOSECONDS.timedWait(this, left);
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while waiting for endpoint '%s'".formatted(this.endpoint), ex);
		}
	}

	/** All of it for people to read. */
	public synchronized String report() {
		StringBuilder text = new StringBuilder();
		list(text, "received", this.receptions);
		list(text, "sent", this.sent);
		List<String> counts = new ArrayList<>();
		this.counters.get().snapshot().forEach((counter, count) -> {
			long now = count - this.before.getOrDefault(counter, 0L);
			if (now > 0) {
				counts.add(counter.name().toLowerCase(Locale.ROOT) + "=" + now);
			}
		});
		return text.append("  counted: ").append(counts.isEmpty() ? "nothing" : String.join(", ", counts)).toString();
	}

	private static void list(StringBuilder text, String title, List<?> entries) {
		text.append("  ").append(title).append(": ").append(entries.isEmpty() ? "nothing" : entries.size());
		entries.forEach((entry) -> text.append(System.lineSeparator()).append("    ").append(entry));
		text.append(System.lineSeparator());
	}

}
