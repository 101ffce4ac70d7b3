package io.gestalt.dispatch;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.gestalt.harness.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(20)
class LimitedExecutorTests {

	private final ExecutorService threads = Executors.newFixedThreadPool(8);

	private final AtomicInteger running = new AtomicInteger();

	private final AtomicInteger most = new AtomicInteger();

	private final AtomicInteger done = new AtomicInteger();

	@AfterEach
	void close() {
		this.threads.shutdownNow();
	}

	private void task() {
		this.most.accumulateAndGet(this.running.incrementAndGet(), Math::max);
		Thread.onSpinWait();
		this.running.decrementAndGet();
		this.done.incrementAndGet();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3 })
	void neverRunsMoreTasksThanItMay(int limit) {
		LimitedExecutor executor = new LimitedExecutor(this.threads, limit);
		for (int submitter = 0; submitter < 4; submitter++) {
			this.threads.execute(() -> {
				for (int i = 0; i < 5000; i++) {
					executor.execute(this::task);
				}
			});
		}
		Await.untilEquals(20_000, this.done::get);
		assertThat(this.most.get()).isLessThanOrEqualTo(limit);
	}

	@Test
	void aTaskThatFailsGivesItsPermitBack() {
		LimitedExecutor executor = new LimitedExecutor((task) -> this.threads.execute(() -> {
			try {
				task.run();
			}
			catch (IllegalStateException ex) {
				assertThat(ex).hasMessage("as it should");
			}
		}), 1);
		executor.execute(() -> {
			throw new IllegalStateException("as it should");
		});
		executor.execute(this::task);
		Await.untilEquals(1, this.done::get);
	}

	@Test
	void aRejectedTaskIsToldAndGivesItsPermitBack() {
		AtomicBoolean rejecting = new AtomicBoolean(true);
		LimitedExecutor executor = new LimitedExecutor((task) -> {
			if (rejecting.get()) {
				throw new RejectedExecutionException("No thread is free");
			}
			this.threads.execute(task);
		}, 1);
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> executor.execute(this::task));
		}
		rejecting.set(false);
		executor.execute(this::task);
		executor.execute(this::task);
		Await.untilEquals(2, this.done::get);
	}

	@Test
	void whatWaitsIsRunEvenIfTheExecutorRejectsItLater() throws Exception {
		AtomicBoolean rejecting = new AtomicBoolean();
		CountDownLatch gate = new CountDownLatch(1);
		LimitedExecutor executor = new LimitedExecutor((task) -> {
			if (rejecting.get()) {
				throw new RejectedExecutionException("No thread is free");
			}
			this.threads.execute(task);
		}, 1);
		executor.execute(() -> {
			try {
				assertThat(gate.await(5, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
		for (int i = 0; i < 20_000; i++) {
			executor.execute(this::task);
		}
		rejecting.set(true);
		gate.countDown();
		Await.untilEquals(20_000, this.done::get);
	}

}
