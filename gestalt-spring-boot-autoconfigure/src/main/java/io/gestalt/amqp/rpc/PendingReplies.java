package io.gestalt.amqp.rpc;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The requests that are under way, by their correlation id. Who takes one away settles
 * it. Deadlines are met by looking at all of them when the earliest is due, which is a
 * few milliseconds late at the most and costs a request nothing that is answered in time.
 */
final class PendingReplies {

	private static final long GRAIN = TimeUnit.MILLISECONDS.toNanos(5);

	/** A look at so many takes well below a grain. */
	private static final int FEW = 10_000;

	private final Map<String, PendingReply> byId = new ConcurrentHashMap<>();

	private final AtomicLong ids = new AtomicLong();

	private final RequestWindow window;

	private final ScheduledExecutorService scheduler;

	private final Consumer<PendingReply> expired;

	private volatile boolean due;

	private volatile long next;

	PendingReplies(RequestWindow window, ScheduledExecutorService scheduler, Consumer<PendingReply> expired) {
		this.window = window;
		this.scheduler = scheduler;
		this.expired = expired;
	}

	/** Adds a request for which there is room in the window. */
	PendingReply add(PendingReply.Call call) {
		PendingReply request = new PendingReply(this, Long.toString(this.ids.incrementAndGet(), Character.MAX_RADIX),
				call);
		this.byId.put(request.id(), request);
		if (!this.due || request.deadline() - this.next < 0) {
			lookAt(request.deadline());
		}
		return request;
	}

	/** Takes a request away, {@code null} if it is gone. */
	@Nullable PendingReply take(@Nullable String id) {
		PendingReply request = (id != null) ? this.byId.remove(id) : null;
		if (request != null) {
			this.window.leave();
		}
		return request;
	}

	/** Takes a request away, unless it is gone. */
	boolean take(PendingReply request) {
		return take(request.id()) != null;
	}

	/** The requests that fulfil a condition, oldest first. */
	List<PendingReply> find(Predicate<PendingReply> condition) {
		return this.byId.values()
			.stream()
			.filter(condition)
			.sorted((one, other) -> Long.signum(one.deadline() - other.deadline()))
			.toList();
	}

	/**
	 * Takes away the requests that fulfil a condition.
	 * @param taken is given each of them
	 * @return how many there were
	 */
	int take(Predicate<PendingReply> condition, Consumer<PendingReply> taken) {
		List<PendingReply> mine = find(condition).stream().filter(this::take).toList();
		mine.forEach(taken);
		return mine.size();
	}

	int size() {
		return this.byId.size();
	}

	private void lookAt(long time) {
		synchronized (this) {
			if (this.due && time - this.next >= 0) {
				return;
			}
			this.next = time;
			this.due = true;
		}
		try {
			this.scheduler.schedule(() -> look(time), Math.max(GRAIN, time - System.nanoTime()), TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			// the application is about to end
		}
	}

	private void look(long time) {
		synchronized (this) {
			if (!this.due || time != this.next) {
				return;
			}
			this.due = false;
		}
		long now = System.nanoTime();
		long earliest = Long.MAX_VALUE;
		for (PendingReply request : this.byId.values()) {
			long left = request.deadline() - now;
			if (left > 0 && !request.isDone()) {
				earliest = Math.min(earliest, left);
			}
			else if (take(request)) {
				this.expired.accept(request);
			}
		}
		if (earliest < Long.MAX_VALUE) {
			lookAt(now + Math.max(earliest, GRAIN * (1 + size() / FEW)));
		}
	}

}
