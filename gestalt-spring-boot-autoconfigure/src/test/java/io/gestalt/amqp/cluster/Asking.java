package io.gestalt.amqp.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.gestalt.endpoint.Endpoint;
import io.gestalt.message.GestaltException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Asks without end, and remembers how that ended. */
final class Asking implements AutoCloseable {

	private static final String REPLY = "Reply";

	private final Endpoint requester;

	private final AtomicInteger asked = new AtomicInteger();

	private final Map<String, Integer> outcomes = new ConcurrentHashMap<>();

	private final Thread thread = new Thread(this::run, "asking");

	private volatile boolean stopped;

	Asking(Endpoint requester) {
		this.requester = requester;
		this.thread.start();
	}

	private void run() {
		for (int i = 0; !this.stopped; i++) {
			Tick tick = new Tick("asking", i);
			this.asked.incrementAndGet();
			CompletableFuture<Tick> reply = this.requester.request(tick, Tick.class);
			reply.whenComplete((value, failure) -> count(tick, value, failure));
			LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
		}
	}

	private void count(Tick asked, Tick value, Throwable failure) {
		Throwable cause = (failure instanceof CompletionException) ? failure.getCause() : failure;
		String outcome = (cause != null) ? cause.getClass().getSimpleName()
				: asked.equals(value) ? REPLY : "Wrong reply";
		boolean typed = cause == null || cause instanceof GestaltException;
		this.outcomes.merge(typed ? outcome : "Untyped " + cause, 1, Integer::sum);
	}

	private int replies() {
		return this.outcomes.getOrDefault(REPLY, 0);
	}

	private int ended() {
		return this.outcomes.values().stream().mapToInt(Integer::intValue).sum();
	}

	/** Waits until it gets a hundred more replies. */
	void awaitReplies(Duration limit) {
		int before = replies();
		await().atMost(limit).until(() -> replies() >= before + 100);
	}

	void awaitFailures(int count) {
		int before = ended() - replies();
		await().atMost(Duration.ofSeconds(30)).until(() -> ended() - replies() >= before + count);
	}

	/**
	 * Stops, and checks that every request has ended in a way that a caller can tell.
	 * @return how many ended how
	 */
	Map<String, Integer> finish() throws InterruptedException {
		this.stopped = true;
		this.thread.join();
		await().atMost(Duration.ofSeconds(10)).until(() -> ended() == this.asked.get());
		assertThat(this.outcomes.keySet()).noneMatch((outcome) -> outcome.startsWith("Untyped"))
			.doesNotContain("Wrong reply");
		return this.outcomes;
	}

	@Override
	public void close() {
		this.stopped = true;
	}

}
