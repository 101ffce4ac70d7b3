package io.gestalt.endpoint.tcp;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.gestalt.endpoint.framed.EndpointCore;
import org.jspecify.annotations.Nullable;

/**
 * Watches requests. Those with the same timeout expire in the order in which they were
 * made, so that one timer for the oldest of each kind will do.
 */
final class Deadlines {

	private final ScheduledExecutorService timers;

	private final EndpointCore core;

	private final Map<Duration, Queue<PendingRequest>> requests = new HashMap<>();

	Deadlines(ScheduledExecutorService timers, EndpointCore core) {
		this.timers = timers;
		this.core = core;
	}

	void watch(PendingRequest request) {
		synchronized (this.requests) {
			Queue<PendingRequest> queue = this.requests.get(request.timeout());
			if (queue == null) {
				queue = new ArrayDeque<>();
				this.requests.put(request.timeout(), queue);
				schedule(request.timeout(), request.remaining());
			}
			removeSettled(queue);
			queue.add(request);
		}
	}

	/** How many requests are not answered yet. */
	long pending() {
		synchronized (this.requests) {
			return this.requests.values()
				.stream()
				.flatMap(Queue::stream)
				.filter((request) -> !request.abandoned())
				.count();
		}
	}

	private static @Nullable PendingRequest removeSettled(Queue<PendingRequest> queue) {
		PendingRequest head = queue.peek();
		while (head != null && head.settled()) {
			queue.remove();
			head = queue.peek();
		}
		return head;
	}

	private void schedule(Duration timeout, long nanos) {
		this.timers.schedule(this.core.watched(() -> sweep(timeout)), Math.max(nanos, TimeUnit.MILLISECONDS.toNanos(1)),
				TimeUnit.NANOSECONDS);
	}

	private void sweep(Duration timeout) {
		List<PendingRequest> expired = new ArrayList<>();
		synchronized (this.requests) {
			Queue<PendingRequest> queue = this.requests.getOrDefault(timeout, new ArrayDeque<>());
			PendingRequest head = removeSettled(queue);
			while (head != null && head.remaining() <= 0) {
				expired.add(queue.remove());
				head = removeSettled(queue);
			}
			if (head != null) {
				schedule(timeout, head.remaining());
			}
			else {
				this.requests.remove(timeout);
			}
		}
		expired.forEach((request) -> request.expire(this.core));
	}

}
