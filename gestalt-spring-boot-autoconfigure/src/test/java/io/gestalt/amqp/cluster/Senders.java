package io.gestalt.amqp.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.gestalt.endpoint.Endpoint;

import static org.awaitility.Awaitility.await;

/** Publish without end, and remember what was confirmed. */
final class Senders implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final Endpoint publisher;

	private final Duration pause;

	private final Set<Tick> confirmed = ConcurrentHashMap.newKeySet();

	private final AtomicInteger offered = new AtomicInteger();

	private final AtomicInteger failed = new AtomicInteger();

	private final List<Thread> threads = new ArrayList<>();

	private volatile boolean stopped;

	Senders(Endpoint publisher, int count, Duration pause) {
		this.publisher = publisher;
		this.pause = pause;
		for (int i = 0; i < count; i++) {
			String name = "sender-" + i;
			Thread thread = new Thread(() -> run(name), name);
			this.threads.add(thread);
			thread.start();
		}
	}

	private void run(String name) {
		for (int i = 0; !this.stopped; i++) {
			Tick tick = new Tick(name, i);
			this.offered.incrementAndGet();
			this.publisher.sendAsync(tick).whenComplete((done, failure) -> {
				if (failure == null) {
					this.confirmed.add(tick);
				}
				else {
					this.failed.incrementAndGet();
				}
			});
			LockSupport.parkNanos(this.pause.toNanos());
		}
	}

	/** Waits until so many more are confirmed. */
	void awaitMore(int count) {
		int before = this.confirmed.size();
		await().atMost(PATIENCE).until(() -> this.confirmed.size() >= before + count);
	}

	/**
	 * Stops, and waits until every message has ended.
	 * @return what was confirmed
	 */
	Set<Tick> finish() throws InterruptedException {
		this.stopped = true;
		for (Thread thread : this.threads) {
			thread.join();
		}
		await().atMost(PATIENCE).until(() -> this.confirmed.size() + this.failed.get() == this.offered.get());
		return this.confirmed;
	}

	@Override
	public void close() {
		this.stopped = true;
	}

}
