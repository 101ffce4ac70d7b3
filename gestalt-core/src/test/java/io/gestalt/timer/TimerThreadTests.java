package io.gestalt.timer;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.gestalt.harness.Await;
import io.gestalt.timer.TimerEvent.Outcome;
import io.gestalt.timer.TimerSettings.OnError;
import io.gestalt.timer.TimerSettings.Overlap;
import io.gestalt.timer.schedule.TickScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Ticks by the clocks of the system, and runs on threads. */
@Timeout(60)
class TimerThreadTests {

	private static final Duration OFTEN = Duration.ofMillis(2);

	private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();

	private final ExecutorService workers = Executors.newCachedThreadPool();

	private final Queue<TimerEvent> events = new ConcurrentLinkedQueue<>();

	private final Timers timers = new Timers(TickScheduler.of(this.ticks), this.workers, this.events::add);

	private final CountDownLatch end = new CountDownLatch(1);

	@BeforeEach
	void start() {
		this.timers.start();
	}

	@AfterEach
	void stop() {
		this.end.countDown();
		this.timers.close();
		this.ticks.shutdownNow();
		this.workers.shutdownNow();
	}

	/** A busy machine delays rounds, and hastens none: one that is in time will do. */
	@Test
	void theClockOnTheWallIsKeptWithinTwoPercent() {
		Duration interval = Duration.ofMillis(20);
		double best = Double.MAX_VALUE;
		for (int round = 0; round < 5 && best > 0.02; round++) {
			best = Math.min(best, Math.abs(deviation("round-" + round, interval, 100)));
		}
		assertThat(best).isCloseTo(0, within(0.02));
	}

	private double deviation(String name, Duration interval, int times) {
		long begin = System.nanoTime();
		Timer timer = this.timers.begin(name,
				TimerSettings.every(interval).initialDelay(interval).repeat(times).overlap(Overlap.QUEUE), (self) -> {
				});
		Await.until("all runs", () -> timer.state() == TimerState.COMPLETED);
		assertThat(timer.runs()).isEqualTo(times);
		return (double) (System.nanoTime() - begin) / interval.multipliedBy(times).toNanos() - 1;
	}

	@Test
	void neitherSlowNorFailingTimersDelayOthers() {
		Timer slow = this.timers.forever("slow", OFTEN, (timer) -> this.end.await());
		Timer failing = this.timers.forever("failing", OFTEN, (timer) -> {
			throw new IllegalStateException("no");
		});
		Timer good = this.timers.forever("good", OFTEN, (timer) -> {
		});
		Await.until("good runs", () -> good.runs() > 100);
		assertThat(slow.runs()).isOne();
		assertThat(slow.running()).isOne();
		assertThat(slow.counts().skipped()).isGreaterThan(10);
		assertThat(failing.counts().failed()).isGreaterThan(10);
	}

	@Test
	void aRunThatTakesTooLongIsInterruptedAndItsThreadIsNot() {
		AtomicBoolean interrupted = new AtomicBoolean();
		Timer timer = this.timers.begin("slow",
				TimerSettings.every(OFTEN).maxRunTime(Duration.ofMillis(20)).overlap(Overlap.QUEUE), (self) -> {
					interrupted.compareAndSet(false, Thread.currentThread().isInterrupted());
					this.end.await();
				});
		Await.until("time-outs", () -> timer.counts().timedOut() >= 3);
		assertThat(timer.counts().failed()).isZero();
		assertThat(timer.lastError()).hasMessage("Run of timer 'slow' takes longer than 20 ms");
		Await.until("ends of runs", () -> this.events.stream()
			.anyMatch((event) -> event instanceof TimerEvent.RunEnded run && run.outcome() == Outcome.TIMED_OUT));
		assertThat(interrupted).isFalse();
	}

	@Test
	void aThreadThatCannotBeHadIsAFailedRun() {
		AtomicInteger refused = new AtomicInteger();
		Timers poor = new Timers(TickScheduler.of(this.ticks), (task) -> {
			if (refused.getAndIncrement() == 0) {
				throw new OutOfMemoryError("unable to create native thread");
			}
			this.workers.execute(task);
		}, this.events::add);
		poor.start();
		Timer timer = poor.begin("poor", TimerSettings.every(OFTEN), (self) -> {
		});
		Await.until("runs that follow", () -> timer.counts().runs() > 5);
		assertThat(timer.counts().failed()).isOne();
		poor.close();
	}

	@Test
	void anObserverThatBreaksStopsNoTimer() {
		Timers watched = new Timers(TickScheduler.of(this.ticks), this.workers, (event) -> {
			throw new NoClassDefFoundError("io/example/Missing");
		});
		watched.start();
		Timer timer = watched.begin("watched", TimerSettings.every(OFTEN), (self) -> {
		});
		Await.until("runs", () -> timer.counts().runs() > 5);
		watched.close();
	}

	@Test
	void whatFailsBesideARunThatSucceedsCancels() {
		CountDownLatch failed = new CountDownLatch(1);
		AtomicInteger runs = new AtomicInteger();
		Timer timer = this.timers.begin("two",
				TimerSettings.every(OFTEN).overlap(Overlap.CONCURRENT).onError(OnError.CANCEL), (self) -> {
					if (runs.getAndIncrement() == 0) {
						failed.await();
						return;
					}
					throw new IllegalStateException("broken");
				});
		Await.until("cancelled", () -> timer.state() == TimerState.CANCELLED);
		failed.countDown();
		Await.until("idle", () -> timer.running() == 0);
		assertThat(timer.cancellation()).hasMessage("broken");
	}

	@Test
	void aTimeOutMayCancelTheTimer() {
		Timer timer = this.timers.begin("slow",
				TimerSettings.every(OFTEN).maxRunTime(Duration.ofMillis(20)).onError(OnError.CANCEL),
				(self) -> this.end.await());
		Await.until("cancelled", () -> timer.state() == TimerState.CANCELLED);
		assertThat(timer.counts().runs()).isOne();
	}

	@Test
	void whatIgnoresItsInterruptionIsStillOneRun() {
		Timer timer = this.timers.begin("deaf", TimerSettings.every(OFTEN).maxRunTime(Duration.ofMillis(5)), (self) -> {
			while (this.end.getCount() > 0) {
				Thread.interrupted();
			}
		});
		Await.until("skipped ticks", () -> timer.counts().timedOut() == 1 && timer.counts().skipped() > 20);
		assertThat(timer.runs()).isOne();
		assertThat(timer.running()).isOne();
	}

	@Test
	void concurrentRunsAreLimitedToAHundred() {
		Timer timer = this.timers.begin("busy", TimerSettings.every(Duration.ofMillis(1)).overlap(Overlap.CONCURRENT),
				(self) -> this.end.await());
		Await.until("a hundred runs", () -> timer.running() == 100);
		long before = timer.counts().skipped();
		Await.until("skipped ticks", () -> timer.counts().skipped() > before + 5);
		assertThat(timer.running()).isEqualTo(100);
		Await.until("a hundred begun", () -> timer.runs() == 100);
	}

	@Test
	void aStopWaitsForWhatRuns() {
		CountDownLatch entered = new CountDownLatch(1);
		Timer timer = this.timers.begin("slow", TimerSettings.every(OFTEN).overlap(Overlap.QUEUE), (self) -> {
			entered.countDown();
			this.end.await();
		});
		Await.until("a queue", () -> entered.getCount() == 0 && this.timers.find("slow") != null);
		this.workers.execute(() -> {
			Await.until("stopped", () -> timer.state() == TimerState.STOPPED);
			this.end.countDown();
		});
		this.timers.stop(Duration.ofSeconds(20));
		assertThat(timer.runs()).isOne();
		assertThat(timer.running()).isZero();
		TimerEvent.Stopped stopped = stopped();
		assertThat(stopped.finished()).isOne();
		assertThat(stopped.abandoned()).isZero();
		assertThat(stopped.dropped()).isEqualTo(timer.counts().skipped());
	}

	@Test
	void whatOutlivesTheGracePeriodIsInterrupted() {
		CountDownLatch entered = new CountDownLatch(1);
		Timer timer = this.timers.forever("slow", OFTEN, (self) -> {
			entered.countDown();
			this.end.await();
		});
		Await.until("a run", () -> entered.getCount() == 0);
		this.timers.stop(Duration.ofMillis(50));
		assertThat(timer.counts().abandoned()).isOne();
		assertThat(stopped().abandoned()).isOne();
		assertThat(stopped().elapsed()).isBetween(Duration.ofMillis(50), Duration.ofSeconds(5));
		Await.until("interrupted", () -> timer.running() == 0);
		assertThat(timer.counts().failed()).isZero();
	}

	@Test
	void aSecondStopDoesNotWaitForWhatWasGivenUp() {
		CountDownLatch entered = new CountDownLatch(1);
		Timer timer = this.timers.forever("deaf", OFTEN, (self) -> {
			entered.countDown();
			while (this.end.getCount() > 0) {
				Thread.interrupted();
			}
		});
		Await.until("a run", () -> entered.getCount() == 0);
		this.timers.stop(Duration.ZERO);
		this.timers.stop(Duration.ofSeconds(50));
		assertThat(timer.running()).isOne();
		assertThat(timer.counts().abandoned()).isOne();
		assertThat(this.events.stream().filter((event) -> event instanceof TimerEvent.Stopped)).hasSize(1);
	}

	@Test
	void aRunMayStopTheTimers() {
		CountDownLatch stopped = new CountDownLatch(1);
		this.timers.once("stop", OFTEN, (self) -> {
			this.timers.stop(Duration.ofSeconds(50));
			stopped.countDown();
		});
		Await.until("stopped", () -> stopped.getCount() == 0);
	}

	@Test
	void manyThreadsMayPauseResumeAndFire() {
		AtomicInteger atOnce = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		AtomicInteger done = new AtomicInteger();
		Timer timer = this.timers.forever("contended", Duration.ofMillis(1), (self) -> {
			most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
			atOnce.decrementAndGet();
			done.incrementAndGet();
		});
		AtomicInteger threads = new AtomicInteger(4);
		for (int i = 0; i < 4; i++) {
			this.workers.execute(() -> {
				for (int round = 0; round < 5_000; round++) {
					timer.pause();
					timer.fire();
					timer.resume();
				}
				threads.decrementAndGet();
			});
		}
		Await.until("all threads", Duration.ofSeconds(30), () -> threads.get() == 0);
		long before = timer.runs();
		Await.until("it still ticks", () -> timer.runs() > before + 10);
		this.timers.stop(Duration.ofSeconds(10));
		assertThat(most).hasValue(1);
		assertThat(done).hasValue((int) timer.runs());
		assertThat(this.events.stream().filter((event) -> event instanceof TimerEvent.RunEnded).count())
			.isEqualTo(timer.runs());
	}

	@Test
	void allThatIsNeededMayBeMadeAtOnce() throws Exception {
		CountDownLatch twice = new CountDownLatch(2);
		try (Timers own = Timers.create()) {
			own.forever("poll", OFTEN, (timer) -> twice.countDown());
			assertThat(twice.await(10, TimeUnit.SECONDS)).isTrue();
		}
		Await.until("no thread is left",
				() -> Thread.getAllStackTraces()
					.keySet()
					.stream()
					.noneMatch((thread) -> thread.getName().startsWith("gestalt-timer")));
	}

	private TimerEvent.Stopped stopped() {
		return this.events.stream()
			.filter((event) -> event instanceof TimerEvent.Stopped)
			.map((event) -> (TimerEvent.Stopped) event)
			.findFirst()
			.orElseThrow();
	}

}
