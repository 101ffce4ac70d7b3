package io.gestalt.dispatch;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.gestalt.harness.Await;
import io.gestalt.message.Counter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(20)
class SerialLaneTests {

	private final ExecutorService threads = Executors.newFixedThreadPool(2);

	private final CountDownLatch gate = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.gate.countDown();
		this.threads.shutdownNow();
	}

	private Listener gated() {
		return Listener.of(String.class, (payload, context) -> {
			assertThat(this.gate.await(10, TimeUnit.SECONDS)).isTrue();
			return payload;
		});
	}

	@Test
	void aFullLaneIsNotReadyAndResumesWhenHalfOfItIsDone() {
		LaneBench bench = new LaneBench(gated(), this.threads, 4, 1000);
		assertThat(bench.receive("a", "b", "c", "d", "e")).isEqualTo(4);
		assertThat(bench.lane.ready()).isFalse();
		assertThat(bench.lane.idle()).isFalse();
		assertThat(bench.resumed).hasValue(0);
		this.gate.countDown();
		Await.until("resumed", () -> bench.resumed.get() == 1);
		Await.until("idle", bench.lane::idle);
		assertThat(bench.receive("e")).isEqualTo(1);
		Await.untilEquals(List.of("a", "b", "c", "d", "e"), () -> List.copyOf(bench.replies));
		assertThat(bench.resumed).hasValue(1);
	}

	@Test
	void bytesFillALaneAsWell() {
		LaneBench bench = new LaneBench(gated(), this.threads, 100, 10);
		assertThat(bench.receive("12345", "12345", "1")).isEqualTo(2);
		this.gate.countDown();
		Await.until("idle", bench.lane::idle);
		assertThat(bench.resumed).hasValue(1);
	}

	@Test
	void aCongestedOriginIsServedNoMoreUntilItIsRelieved() {
		LaneBench bench = new LaneBench(gated(), this.threads, 100, 1000);
		this.gate.countDown();
		bench.congested = true;
		bench.receive("a", "b");
		bench.lane.resume();
		assertThat(bench.replies).isEmpty();
		bench.congested = false;
		bench.lane.resume();
		Await.untilEquals(List.of("a", "b"), () -> List.copyOf(bench.replies));
	}

	@Test
	void theNextMessageWaitsForTheFutureOfTheOneBefore() {
		CompletableFuture<String> first = new CompletableFuture<>();
		LaneBench bench = new LaneBench(
				Listener.of(String.class, (payload, context) -> payload.equals("a") ? first : payload), this.threads,
				100, 1000);
		bench.receive("a", "b");
		Await.until("under way", () -> !bench.lane.idle());
		assertThat(bench.replies).isEmpty();
		first.complete("late a");
		Await.untilEquals(List.of("late a", "b"), () -> List.copyOf(bench.replies));
		Await.until("idle", bench.lane::idle);
	}

	@Test
	void whatIsAbandonedIsCountedOnceAndNotHandledAfterAll() throws Exception {
		LaneBench bench = new LaneBench(gated(), this.threads, 100, 1000);
		bench.receive("a", "b", "c");
		Await.until("in the handler", () -> this.gate.getCount() == 1 && !bench.lane.idle());
		bench.receive("d");
		bench.lane.abandon();
		bench.lane.abandon();
		assertThat(bench.count(Counter.ABANDONED)).isEqualTo(4);
		assertThat(bench.receive("e")).isEqualTo(1);
		assertThat(bench.count(Counter.ABANDONED)).isEqualTo(5);
		this.gate.countDown();
		this.threads.shutdown();
		assertThat(this.threads.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
		assertThat(bench.count(Counter.HANDLED)).isLessThanOrEqualTo(1);
		assertThat(bench.count(Counter.HANDLED) + bench.count(Counter.ABANDONED)).isEqualTo(5);
		assertThat(bench.lane.idle()).isTrue();
	}

	@Test
	void whatIsHandledButNotYetReportedIsNotAbandoned() throws Exception {
		CountDownLatch reached = new CountDownLatch(1);
		LaneBench bench = new LaneBench(Listener.of(String.class, (payload, context) -> {
			if (payload.equals("stuck")) {
				reached.countDown();
				assertThat(this.gate.await(10, TimeUnit.SECONDS)).isTrue();
			}
			return null;
		}), this.threads, 100, 1000);
		bench.receive("a", "b", "c", "stuck", "d");
		assertThat(reached.await(5, TimeUnit.SECONDS)).isTrue();
		bench.lane.abandon();
		assertThat(bench.count(Counter.HANDLED)).isEqualTo(3);
		assertThat(bench.count(Counter.ABANDONED)).isEqualTo(2);
		this.gate.countDown();
		Await.untilEquals(1L, () -> bench.count(Counter.ABANDONED));
		assertThat(bench.count(Counter.HANDLED)).isEqualTo(4);
	}

	@Test
	void aRejectedBatchIsAbandonedAndTheLaneLivesOn() {
		AtomicBoolean rejecting = new AtomicBoolean(true);
		LaneBench bench = new LaneBench(gated(), (task) -> {
			if (rejecting.get()) {
				throw new RejectedExecutionException("No thread is free");
			}
			this.threads.execute(task);
		}, 2, 1000);
		this.gate.countDown();
		assertThat(bench.receive("a", "b", "c")).isEqualTo(2);
		assertThat(bench.count(Counter.ABANDONED)).isEqualTo(2);
		assertThat(bench.failures).hasSize(1).first().isInstanceOf(RejectedExecutionException.class);
		assertThat(bench.lane.idle()).isTrue();
		assertThat(bench.resumed).hasValue(1);
		rejecting.set(false);
		assertThat(bench.receive("d")).isEqualTo(1);
		Await.untilEquals(List.of("d"), () -> List.copyOf(bench.replies));
	}

	@Test
	void anErrorInAHandlerIsAFailureAndTheLaneGoesOn() {
		LaneBench bench = new LaneBench(Listener.of(String.class, (payload, context) -> {
			if (payload.equals("a")) {
				throw new StackOverflowError();
			}
			return payload;
		}), this.threads, 100, 1000);
		bench.receive("a", "b");
		Await.untilEquals(List.of("b"), () -> List.copyOf(bench.replies));
		assertThat(bench.failures).hasSize(1).first().isInstanceOf(StackOverflowError.class);
		Await.untilEquals(1L, () -> bench.count(Counter.HANDLER_FAILED));
	}

	@Test
	void oneResultOfAPublisherIsTheReplyAndMoreAreAFailure() {
		this.gate.countDown();
		Listener listener = Listener.of(String.class,
				(payload, context) -> Flux.fromArray(payload.split("")).filter((letter) -> !letter.equals("-")));
		LaneBench bench = new LaneBench(listener, this.threads, 100, 1000);
		bench.receive("a", "bc", "-");
		Await.untilEquals(3L, () -> bench.counters.get(Counter.HANDLED));
		assertThat(bench.replies).containsExactly("a");
		assertThat(bench.counters.get(Counter.HANDLER_FAILED)).isEqualTo(1);
	}

}
