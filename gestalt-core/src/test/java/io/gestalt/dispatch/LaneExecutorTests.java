package io.gestalt.dispatch;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
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

@Timeout(20)
class LaneExecutorTests {

	private final ExecutorService threads = Executors.newFixedThreadPool(8);

	private final AtomicInteger running = new AtomicInteger();

	private final AtomicInteger most = new AtomicInteger();

	private final AtomicInteger done = new AtomicInteger();

	private final AtomicInteger rejected = new AtomicInteger();

	@AfterEach
	void close() {
		this.threads.shutdownNow();
	}

	private void work() {
		this.most.accumulateAndGet(this.running.incrementAndGet(), Math::max);
		Thread.onSpinWait();
		this.running.decrementAndGet();
		this.done.incrementAndGet();
	}

	private LaneTask task(Runnable work) {
		return new LaneTask() {

			@Override
			public void run() {
				work.run();
			}

			@Override
			public void rejected(RejectedExecutionException cause) {
				LaneExecutorTests.this.rejected.incrementAndGet();
			}

		};
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3 })
	void neverRunsMoreTasksThanItMay(int limit) {
		LaneExecutor executor = new LaneExecutor(this.threads, limit);
		for (int submitter = 0; submitter < 4; submitter++) {
			this.threads.execute(() -> {
				for (int i = 0; i < 5000; i++) {
					executor.execute(task(this::work));
				}
			});
		}
		Await.untilEquals(20_000, this.done::get);
		assertThat(this.most.get()).isLessThanOrEqualTo(limit);
	}

	@Test
	void losesNoTaskWhileItsLimitChangesAndKeepsTheLastOne() {
		LaneExecutor executor = new LaneExecutor(this.threads, 0);
		for (int submitter = 0; submitter < 4; submitter++) {
			this.threads.execute(() -> {
				for (int i = 0; i < 5000; i++) {
					executor.execute(task(this::work));
				}
			});
		}
		int changes = 0;
		while (this.done.get() < 20_000 && !Thread.currentThread().isInterrupted()) {
			executor.limit(changes++ % 4);
		}
		Await.untilEquals(20_000, this.done::get);
		executor.limit(2);
		this.most.set(0);
		for (int i = 0; i < 1000; i++) {
			executor.execute(task(this::work));
		}
		Await.untilEquals(21_000, this.done::get);
		assertThat(this.most.get()).isLessThanOrEqualTo(2);
	}

	@Test
	void runsMoreOrFewerTasksWhenItsLimitChanges() {
		LaneExecutor executor = new LaneExecutor(this.threads, 1);
		Semaphore leave = new Semaphore(0);
		for (int i = 0; i < 6; i++) {
			executor.execute(task(() -> {
				this.running.incrementAndGet();
				leave.acquireUninterruptibly();
				this.running.decrementAndGet();
				this.done.incrementAndGet();
			}));
		}
		Await.untilEquals(1, this.running::get);
		executor.limit(4);
		Await.untilEquals(4, this.running::get);
		executor.limit(1);
		leave.release(3);
		Await.untilEquals(3, this.done::get);
		Await.untilEquals(1, this.running::get);
		leave.release(3);
		Await.untilEquals(6, this.done::get);
	}

	@Test
	void aTaskThatFailsGivesItsPermitBack() {
		LaneExecutor executor = new LaneExecutor((task) -> this.threads.execute(() -> {
			try {
				task.run();
			}
			catch (IllegalStateException ex) {
				assertThat(ex).hasMessage("as it should");
			}
		}), 1);
		executor.execute(task(() -> {
			throw new IllegalStateException("as it should");
		}));
		executor.execute(task(this::work));
		Await.untilEquals(1, this.done::get);
	}

	@Test
	void aRejectedTaskIsToldAndGivesItsPermitBack() {
		AtomicBoolean rejecting = new AtomicBoolean(true);
		LaneExecutor executor = new LaneExecutor((task) -> {
			if (rejecting.get()) {
				throw new RejectedExecutionException("No thread is free");
			}
			this.threads.execute(task);
		}, 1);
		for (int i = 0; i < 3; i++) {
			executor.execute(task(this::work));
			assertThat(this.rejected).hasValue(i + 1);
		}
		rejecting.set(false);
		executor.execute(task(this::work));
		executor.execute(task(this::work));
		Await.untilEquals(2, this.done::get);
	}

	@Test
	void whatWaitsIsRunEvenIfTheExecutorRejectsItLater() throws Exception {
		AtomicBoolean rejecting = new AtomicBoolean();
		CountDownLatch gate = new CountDownLatch(1);
		LaneExecutor executor = new LaneExecutor((task) -> {
			if (rejecting.get()) {
				throw new RejectedExecutionException("No thread is free");
			}
			this.threads.execute(task);
		}, 1);
		executor.execute(task(() -> pass(gate)));
		for (int i = 0; i < 20_000; i++) {
			executor.execute(task(this::work));
		}
		rejecting.set(true);
		gate.countDown();
		Await.untilEquals(20_000, this.done::get);
	}

	@Test
	void whatCameWhileAnotherWasRejectedIsNotForgotten() throws Exception {
		CountDownLatch rejecting = new CountDownLatch(1);
		CountDownLatch gate = new CountDownLatch(1);
		AtomicBoolean first = new AtomicBoolean(true);
		LaneExecutor executor = new LaneExecutor((task) -> {
			if (first.getAndSet(false)) {
				rejecting.countDown();
				pass(gate);
				throw new RejectedExecutionException("No thread is free");
			}
			this.threads.execute(task);
		}, 1);
		this.threads.execute(() -> executor.execute(task(this::work)));
		assertThat(rejecting.await(5, TimeUnit.SECONDS)).isTrue();
		executor.execute(task(this::work));
		gate.countDown();
		Await.untilEquals(1, this.done::get);
		assertThat(this.rejected).hasValue(1);
	}

	private static void pass(CountDownLatch gate) {
		try {
			assertThat(gate.await(5, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
