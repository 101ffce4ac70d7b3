package io.gestalt.dispatch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.gestalt.dispatch.backlog.Backlog;
import io.gestalt.dispatch.backlog.LaneLimits;
import io.gestalt.dispatch.backlog.SharedBudget;
import io.gestalt.harness.Await;
import io.gestalt.harness.TestBed;
import io.gestalt.message.Counter;
import io.gestalt.message.MessageContext;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(20)
class ConcurrentLaneTests {

	private final ExecutorService threads = Executors.newFixedThreadPool(4);

	private final Map<String, CompletableFuture<String>> results = new ConcurrentHashMap<>();

	private final Listener listener = Listener.builder()
		.other(String.class,
				(payload, context) -> this.results.computeIfAbsent((String) payload,
						(key) -> new CompletableFuture<>()))
		.ordering(Ordering.NONE)
		.build();

	@AfterEach
	void close() {
		this.threads.shutdownNow();
	}

	@Test
	void repliesLeaveInTheOrderOfTheMessagesHoweverTheyFinish() {
		long seed = Long.getLong("gestalt.seed", System.nanoTime());
		System.out.println("seed " + seed);
		LaneBench bench = new LaneBench(this.listener, this.threads, 200, 100_000);
		List<String> payloads = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			payloads.add("n" + i);
		}
		assertThat(bench.receive(payloads.toArray(String[]::new))).isEqualTo(200);
		assertThat(bench.lane.ready()).isFalse();
		Await.until("all under way", () -> this.results.size() == 200);
		List<String> shuffled = new ArrayList<>(payloads);
		Collections.shuffle(shuffled, new Random(seed));
		shuffled.forEach((payload) -> this.threads.execute(() -> this.results.get(payload).complete(payload)));
		Await.until("idle", bench.lane::idle);
		assertThat(bench.replies).isEqualTo(payloads);
		assertThat(bench.resumed.get()).isPositive();
		assertThat(bench.count(Counter.HANDLED)).isEqualTo(200);
	}

	@Test
	void countsWhatComesAfterItWasAbandoned() {
		LaneBench bench = new LaneBench(this.listener, this.threads, 100, 1000);
		bench.lane.abandon();
		bench.receive("a", "b");
		assertThat(bench.count(Counter.ABANDONED)).isEqualTo(2);
	}

	@Test
	void lanesShareTheBudgetOfTheirEndpoint() {
		LaneBench bench = new LaneBench(this.listener, this.threads, 100, 1000);
		Dispatcher dispatcher = new Dispatcher(this.listener, TestBed.TEXT, bench.counters, this.threads);
		SharedBudget budget = new SharedBudget(1, 1000);
		Lane one = dispatcher.queuedLane(bench, 100, budget);
		Lane two = dispatcher.queuedLane(bench, 100, budget);
		assertThat(two.ready()).isTrue();
		one.receive(0, Unpooled.copiedBuffer("a", StandardCharsets.UTF_8));
		assertThat(two.ready()).isFalse();
		Await.until("under way", () -> this.results.containsKey("a"));
		this.results.get("a").complete("a");
		Await.until("idle", one::idle);
		assertThat(two.ready()).isTrue();
		assertThat(budget.count()).isZero();
	}

	@Test
	void bytesFillALaneAsWell() {
		LaneBench bench = new LaneBench(this.listener, this.threads, 100, 10);
		assertThat(bench.receive("12345", "67890", "1")).isEqualTo(2);
		Await.until("both under way", () -> this.results.size() == 2);
		this.results.values().forEach((result) -> result.complete("done"));
		Await.until("resumed", () -> bench.resumed.get() > 0);
		assertThat(bench.lane.ready()).isTrue();
	}

	@Test
	void readingDoesNotWaitForASenderThatWaitsForRoom() throws Exception {
		CountDownLatch sending = new CountDownLatch(1);
		CountDownLatch room = new CountDownLatch(1);
		LaneBench stalled = new LaneBench(this.listener, this.threads, 10, 1000);
		ConcurrentLane lane = new ConcurrentLane(new Dispatcher(
				Listener.builder().other(String.class, (payload, context) -> payload).ordering(Ordering.NONE).build(),
				TestBed.TEXT, stalled.counters, this.threads), new StalledOrigin(stalled, sending, room),
				new Backlog(new LaneLimits(10, 1000, null)));
		lane.receive(0, Unpooled.copiedBuffer("a", StandardCharsets.UTF_8));
		assertThat(sending.await(5, TimeUnit.SECONDS)).isTrue();
		assertThat(CompletableFuture.supplyAsync(lane::ready, this.threads).get(5, TimeUnit.SECONDS)).isTrue();
		room.countDown();
		Await.until("idle", lane::idle);
	}

	@Test
	void whatIsAbandonedIsCountedOnce() {
		LaneBench bench = new LaneBench(this.listener, this.threads, 10, 1000);
		bench.receive("a", "b", "c");
		Await.until("all under way", () -> this.results.size() == 3);
		this.results.get("b").complete("b");
		Await.untilEquals(1L, () -> bench.count(Counter.HANDLED));
		bench.lane.abandon();
		bench.lane.abandon();
		assertThat(bench.count(Counter.ABANDONED)).isEqualTo(2);
		assertThat(bench.lane.idle()).isTrue();
		this.results.get("a").complete("a");
		Await.untilEquals(1L, () -> bench.count(Counter.ABANDONED));
		assertThat(bench.count(Counter.HANDLED)).isEqualTo(2);
	}

	@Test
	void aRejectedMessageIsAbandonedAndTold() {
		LaneBench bench = new LaneBench(this.listener, (task) -> {
			throw new RejectedExecutionException("No thread is free");
		}, 10, 1000);
		bench.receive("a", "b");
		assertThat(bench.count(Counter.ABANDONED)).isEqualTo(2);
		assertThat(bench.failures).hasSize(2);
		assertThat(bench.lane.idle()).isTrue();
	}

	/** Replies wait for room. */
	private record StalledOrigin(LaneBench bench, CountDownLatch sending, CountDownLatch room) implements Origin {

		@Override
		public MessageContext context(int type) {
			return this.bench.context(type);
		}

		@Override
		public void reply(Object result) {
			this.sending.countDown();
			try {
				assertThat(this.room.await(10, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public void undecodable(Throwable cause) {
			this.bench.undecodable(cause);
		}

		@Override
		public void failed(Throwable cause) {
			this.bench.failed(cause);
		}

		@Override
		public boolean congested() {
			return false;
		}

		@Override
		public void resume() {
			this.bench.resume();
		}

	}

}
