package io.gestalt.amqp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.message.Counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Publishes numbers without end, and remembers which were confirmed. */
final class PublishedLoad implements AutoCloseable {

	private static final Set<Counter> FAILURES = Set.of(Counter.REFUSED, Counter.DROPPED_NEWEST, Counter.DROPPED_LOST,
			Counter.NACKED, Counter.RETURNED, Counter.UNCONFIRMED);

	private final Endpoint publisher;

	private final Duration pause;

	private final Set<Integer> confirmed = ConcurrentHashMap.newKeySet();

	private final AtomicInteger failed = new AtomicInteger();

	private final Thread thread = new Thread(this::run, "load");

	private volatile int offered;

	private volatile boolean stopped;

	PublishedLoad(Endpoint publisher, Duration pause) {
		this.publisher = publisher;
		this.pause = pause;
		this.thread.start();
	}

	private void run() {
		while (!this.stopped) {
			int number = this.offered;
			this.offered = number + 1;
			this.publisher.sendAsync(number).whenComplete((done, failure) -> {
				if (failure == null) {
					this.confirmed.add(number);
				}
				else {
					this.failed.incrementAndGet();
				}
			});
			LockSupport.parkNanos(this.pause.toNanos());
		}
	}

	int confirmed() {
		return this.confirmed.size();
	}

	int failed() {
		return this.failed.get();
	}

	/** Waits until so many more are confirmed. */
	void awaitMore(int count) {
		int before = confirmed();
		await().atMost(Duration.ofSeconds(60)).until(() -> confirmed() >= before + count);
	}

	/** Stops, and checks that every message has ended, and ended once. */
	void finish() throws InterruptedException {
		this.stopped = true;
		this.thread.join();
		await().atMost(Duration.ofSeconds(30)).until(() -> confirmed() + failed() == this.offered);
		Map<Counter, Long> counts = this.publisher.counters().snapshot();
		assertThat(counts.get(Counter.OFFERED)).isEqualTo(this.offered);
		assertThat(counts.get(Counter.SENT)).isEqualTo(confirmed());
		assertThat(counts.entrySet()
			.stream()
			.filter((entry) -> FAILURES.contains(entry.getKey()))
			.mapToLong(Map.Entry::getValue)
			.sum()).isEqualTo(failed());
	}

	/** Checks that all that was confirmed is in a queue. */
	void verify(Channel channel, String queue) throws IOException {
		Set<Integer> found = new HashSet<>();
		for (GetResponse got = channel.basicGet(queue, true); got != null; got = channel.basicGet(queue, true)) {
			found.add(Integer.parseInt(new String(got.getBody(), StandardCharsets.UTF_8)));
		}
		assertThat(found).containsAll(this.confirmed);
	}

	@Override
	public void close() {
		this.stopped = true;
	}

}
