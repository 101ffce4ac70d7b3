package io.gestalt.boot.timer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.boot.tcp.TcpAutoConfiguration;
import io.gestalt.boot.timer.lifecycle.TimerLifecycleAutoConfiguration;
import io.gestalt.test.time.ManualClock;
import io.gestalt.timer.Timer;
import io.gestalt.timer.TimerException;
import io.gestalt.timer.TimerSettings;
import io.gestalt.timer.TimerSettings.Mode;
import io.gestalt.timer.TimerSettings.OnError;
import io.gestalt.timer.TimerSettings.Overlap;
import io.gestalt.timer.TimerState;
import io.gestalt.timer.Timers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class TimerAutoConfigurationTests {

	private final ApplicationContextRunner system = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class, TaskSchedulingAutoConfiguration.class,
				CodecAutoConfiguration.class, EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class,
				TcpAutoConfiguration.class, TimerAutoConfiguration.class, TimerLifecycleAutoConfiguration.class));

	private final ApplicationContextRunner manual = this.system.withBean(ManualClock.class, ManualClock::new);

	@Test
	void aMethodRunsForever() {
		this.manual.withBean(Poller.class).run((context) -> {
			context.getBean(ManualClock.class).advance(Duration.ofSeconds(9_999));
			assertThat(context.getBean(Poller.class).runs).hasValue(10_000);
		});
	}

	@Test
	void propertiesWinOverTheAnnotation() {
		this.manual.withBean(Poller.class)
			.withPropertyValues("gestalt.timer.poll.interval=2s", "gestalt.timer.poll.repeat=3",
					"gestalt.timer.poll.initial-delay=1s")
			.run((context) -> {
				ManualClock clock = context.getBean(ManualClock.class);
				clock.advance(Duration.ZERO);
				assertThat(context.getBean(Poller.class).runs).hasValue(0);
				clock.advance(Duration.ofSeconds(100));
				assertThat(context.getBean(Poller.class).runs).hasValue(3);
				assertThat(context.getBean("poll", Timer.class).state()).isEqualTo(TimerState.COMPLETED);
			});
	}

	@Test
	void whatThePropertiesDoNotSayTheAnnotationDoes() {
		this.manual.withBean(Thrice.class)
			.withPropertyValues("gestalt.timer.thrice.overlap=queue", "often=2s")
			.run((context) -> assertThat(context.getBean("thrice", Timer.class).settings())
				.isEqualTo(TimerSettings.every(Duration.ofSeconds(2))
					.initialDelay(Duration.ofMillis(5))
					.repeat(3)
					.overlap(Overlap.QUEUE)));
	}

	@Test
	void allPropertiesAreRead() {
		this.manual
			.withPropertyValues("gestalt.timer.poll.interval=2s", "gestalt.timer.poll.initial-delay=0s",
					"gestalt.timer.poll.repeat=3", "gestalt.timer.poll.mode=fixed-delay",
					"gestalt.timer.poll.overlap=concurrent", "gestalt.timer.poll.jitter=50ms",
					"gestalt.timer.poll.on-error=cancel", "gestalt.timer.poll.max-run-time=1m",
					"gestalt.timer.poll.auto-startup=false", "gestalt.timer.poll.required=false")
			.run((context) -> {
				assertThat(context.getBean("poll", Timer.class).settings())
					.isEqualTo(new TimerSettings(Duration.ofSeconds(2), Duration.ZERO, 3, Mode.FIXED_DELAY, null,
							Overlap.CONCURRENT, Duration.ofMillis(50), OnError.CANCEL, Duration.ofMinutes(1)));
				assertThat(context.getBean(ConfiguredTimers.class).find("poll"))
					.isEqualTo(new TimerDescription("poll", "gestalt.timer.poll", false, false));
			});
	}

	/** In the night of the 29th the clocks there go from two to three. */
	@Test
	void cronTicksInItsZoneWhenThatShowsItsTimes() {
		this.system.withBean(ManualClock.class, () -> new ManualClock(Instant.parse("2026-03-27T00:00:00Z")))
			.withBean(Poller.class)
			.withPropertyValues("gestalt.timer.poll.cron=0 30 2 * * *", "gestalt.timer.poll.zone=Europe/Berlin")
			.run((context) -> {
				ManualClock clock = context.getBean(ManualClock.class);
				Timer timer = context.getBean("poll", Timer.class);
				assertThat(timer.next()).isEqualTo("2026-03-27T01:30:00Z");
				clock.advance(Duration.ofHours(26));
				assertThat(timer.runs()).isEqualTo(2);
				assertThat(timer.next()).isEqualTo("2026-03-30T00:30:00Z");
				clock.advance(Duration.ofDays(2));
				assertThat(timer.runs()).isEqualTo(3);
			});
	}

	@Test
	void timersAreBeansByTheirNames() {
		this.manual.withBean(Poller.class)
			.withBean(Injected.class)
			.withBean("taken", String.class, () -> "a component that has taken the name")
			.withPropertyValues("gestalt.timer.poll.repeat=7", "gestalt.timer.taken.interval=1s")
			.run((context) -> {
				Injected injected = context.getBean(Injected.class);
				assertThat(injected.poll.name()).isEqualTo("poll");
				assertThat(injected.poll).isSameAs(injected.timers.find("poll")).isSameAs(context.getBean("poll"));
				assertThat(injected.taken).isSameAs(context.getBean("takenTimer"));
			});
	}

	@Test
	void aTimerThatOnlyAnAnnotationNamesIsAmongTheTimers() {
		this.manual.withBean(Poller.class).run((context) -> {
			Timer timer = context.getBean(Timers.class).find("poll");
			assertThat(timer).isNotNull();
			assertThat(timer.state()).isEqualTo(TimerState.SCHEDULED);
			assertThat(context.getBean(ConfiguredTimers.class).find("poll"))
				.isEqualTo(new TimerDescription("poll", null, true, true));
		});
	}

	@Test
	void aTimerWithoutAutoStartupTicksWhenItIsToldTo() {
		this.manual.withBean(Poller.class)
			.withPropertyValues("gestalt.timer.poll.auto-startup=false")
			.run((context) -> {
				Timer timer = context.getBean("poll", Timer.class);
				context.getBean(ManualClock.class).advance(Duration.ofSeconds(5));
				assertThat(timer.runs()).isZero();
				assertThat(timer.fire()).isTrue();
				timer.start();
				context.getBean(ManualClock.class).advance(Duration.ofSeconds(1));
				assertThat(timer.runs()).isEqualTo(3);
			});
	}

	@Test
	void aTimerWithoutAMethodIsMentioned(CapturedOutput output) {
		this.manual.withPropertyValues("gestalt.timer.poll.interval=1s").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output)
				.contains("Timer 'poll' does nothing, for no method is marked with @GestaltTimer(\"poll\")");
		});
	}

	@Test
	void aHandlerMayBeGivenByACall() {
		AtomicInteger runs = new AtomicInteger();
		this.manual.withPropertyValues("gestalt.timer.poll.interval=1s")
			.withBean(Calling.class, () -> new Calling(runs))
			.run((context) -> {
				context.getBean(ManualClock.class).advance(Duration.ofSeconds(5));
				assertThat(runs).hasValue(6);
			});
	}

	@Test
	void timersThatAreMadeWhileTheApplicationStartsBeginAfterIt() {
		this.manual.withBean(Early.class).run((context) -> {
			assertThat(context.getBean(Early.class).stateInConstructor).isEqualTo(TimerState.STOPPED);
			context.getBean(ManualClock.class).advance(Duration.ofSeconds(1));
			assertThat(context.getBean(Early.class).runs).hasValue(1);
			assertThat(context.getBean(Timers.class).all()).isEmpty();
		});
	}

	@Test
	void aRunLastsUntilWhatItReturnsIsDone() {
		this.system.withBean(Later.class).run((context) -> {
			Later later = context.getBean(Later.class);
			Timers timers = context.getBean(Timers.class);
			for (String name : List.of("stage", "mono")) {
				Timer timer = timers.find(name);
				await().until(() -> timer.counts().skipped() > 2);
				assertThat(timer.counts().runs()).isOne();
				assertThat(timer.running()).isOne();
			}
			later.end.complete("done");
			await().until(() -> timers.find("stage").runs() > 1 && timers.find("mono").runs() > 1);
			await().until(() -> timers.find("failing").lastError() instanceof IllegalStateException);
		});
	}

	@Test
	void aRunThatTakesTooLongIsInterruptedAndWhatItWaitsForCancelled() {
		this.system.withBean(Later.class)
			.withPropertyValues("gestalt.timer.stage.max-run-time=50ms", "gestalt.timer.stage.on-error=cancel")
			.run((context) -> {
				Timer stage = context.getBean("stage", Timer.class);
				await().until(() -> stage.state() == TimerState.CANCELLED);
				assertThat(stage.counts().timedOut()).isOne();
				assertThat(stage.lastError()).isInstanceOf(TimerException.class)
					.hasMessage("Run of timer 'stage' takes longer than 50 ms");
				assertThat(context.getBean(Later.class).end).isCancelled();
			});
	}

	@Test
	void neitherSlowNorFailingTimersDelayOthers() {
		this.system.withBean(Neighbours.class)
			.withPropertyValues("spring.task.execution.pool.core-size=1", "spring.task.execution.pool.max-size=1")
			.run((context) -> {
				Neighbours neighbours = context.getBean(Neighbours.class);
				try {
					Timer good = context.getBean(Timers.class).find("good");
					await().until(() -> good.runs() > 20);
					assertThat(context.getBean(Timers.class).find("slow").runs()).isOne();
					assertThat(context.getBean(Timers.class).find("slower").runs()).isOne();
					assertThat(context.getBean(Timers.class).find("failing").counts().failed()).isGreaterThan(5);
				}
				finally {
					neighbours.end.countDown();
				}
			});
	}

	@Test
	void ticksComeFromTheApplicationsSchedulerWhereThereIsOne() {
		this.system.withUserConfiguration(Scheduling.class).withBean(Poller.class).run((context) -> {
			assertThat(context.getBean("gestaltTickScheduler").toString()).contains("ThreadPoolTaskScheduler");
			await().until(() -> context.getBean(Poller.class).runs.get() > 0);
		});
		this.system.run((context) -> assertThat(context.getBean("gestaltTickScheduler").getClass().getSimpleName())
			.isEqualTo("OwnTickScheduler"));
	}

	@Test
	void workRunsLikeTheApplicationsTasks() {
		this.system.withBean(Poller.class)
			.withPropertyValues("spring.task.execution.thread-name-prefix=work-")
			.run((context) -> {
				await().until(() -> context.getBean(Poller.class).runs.get() > 0);
				assertThat(context.getBean(Poller.class).thread).startsWith("work-");
			});
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void workRunsOnVirtualThreads() {
		this.system.withBean(Poller.class)
			.withUserConfiguration(Scheduling.class)
			.withPropertyValues("spring.threads.virtual.enabled=true", "gestalt.timer.poll.interval=10ms")
			.run((context) -> {
				await().until(() -> context.getBean(Poller.class).runs.get() > 10);
				assertThat(context.getBean(Poller.class).virtual).isTrue();
				assertThat(context.getBean("gestaltTickScheduler").toString()).contains("SimpleAsyncTaskScheduler");
			});
	}

	@Test
	void theApplicationStaysAliveWhileATimerTicks() {
		this.manual.withBean(Thrice.class).withPropertyValues("often=1s").run((context) -> {
			assertThat(keepAlives()).isOne();
			context.getBean(ManualClock.class).advance(Duration.ofSeconds(10));
			await().until(() -> keepAlives() == 0);
		});
		this.manual.withBean(Poller.class).run((context) -> assertThat(keepAlives()).isOne());
		await().until(() -> keepAlives() == 0);
	}

	@Test
	void whatRunsIsFinishedWhenTheApplicationStops(CapturedOutput output) {
		Stuck stuck = new Stuck();
		this.system.withBean(Stuck.class, () -> stuck).run((context) -> {
			assertThat(stuck.entered.await(10, TimeUnit.SECONDS)).isTrue();
			new Thread(() -> {
				await().until(() -> stuck.timer.state() == TimerState.STOPPED);
				stuck.end.countDown();
			}).start();
		});
		assertThat(stuck.interrupted).isFalse();
		assertThat(stuck.timer.runs()).isOne();
		assertThat(output).containsPattern("Timer 'stuck' stopped within \\d+ ms: 1 finished, 0 abandoned, 0 dropped");
	}

	@Test
	void theGracePeriodEnds(CapturedOutput output) {
		Stuck stuck = new Stuck();
		long[] begin = new long[1];
		this.system.withBean(Stuck.class, () -> stuck)
			.withPropertyValues("gestalt.shutdown.grace-period=100ms")
			.run((context) -> {
				assertThat(stuck.entered.await(10, TimeUnit.SECONDS)).isTrue();
				begin[0] = System.nanoTime();
			});
		assertThat(Duration.ofNanos(System.nanoTime() - begin[0])).isBetween(Duration.ofMillis(100),
				Duration.ofSeconds(5));
		await().until(() -> stuck.interrupted);
		assertThat(stuck.timer.counts().abandoned()).isOne();
		assertThat(output).containsPattern("Timer 'stuck' stopped within \\d+ ms: 0 finished, 1 abandoned, 0 dropped");
	}

	@Test
	void aTimerMayCloseTheApplication() {
		this.system.withBean(Closing.class).run((context) -> {
			Closing closing = context.getBean(Closing.class);
			long begin = System.nanoTime();
			closing.context.complete(context.getSourceApplicationContext());
			assertThat(closing.closed.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
		});
	}

	private static long keepAlives() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.isAlive() && thread.getName().equals("gestalt-keep-alive"))
			.count();
	}

	static class Poller {

		private final AtomicInteger runs = new AtomicInteger();

		private volatile String thread = "";

		private volatile boolean virtual;

		@GestaltTimer(value = "poll", interval = "1s")
		void poll() {
			this.thread = Thread.currentThread().getName();
			this.virtual = Thread.currentThread().toString().startsWith("VirtualThread[");
			this.runs.incrementAndGet();
		}

	}

	static class Thrice {

		@GestaltTimer(value = "thrice", interval = "${often}", initialDelay = "5ms", repeat = 3)
		void run(Timer timer) {
			assertThat(timer.name()).isEqualTo("thrice");
		}

	}

	static class Injected {

		@Autowired
		private Timers timers;

		@Autowired
		private Timer poll;

		@Autowired
		@Qualifier("taken")
		private Timer taken;

	}

	static class Calling {

		private final AtomicInteger runs;

		Calling(AtomicInteger runs) {
			this.runs = runs;
		}

		@Autowired
		void handle(Timer poll) {
			poll.handle((timer) -> this.runs.incrementAndGet());
		}

	}

	static class Early {

		private final AtomicInteger runs = new AtomicInteger();

		private final TimerState stateInConstructor;

		Early(Timers timers) {
			this.stateInConstructor = timers
				.once("early", Duration.ofSeconds(1), (timer) -> this.runs.incrementAndGet())
				.state();
		}

	}

	static class Later {

		private final CompletableFuture<String> end = new CompletableFuture<>();

		@GestaltTimer(value = "stage", interval = "5ms")
		CompletableFuture<String> stage() {
			return this.end;
		}

		@GestaltTimer(value = "mono", interval = "5ms")
		Mono<String> mono() {
			return Mono.fromFuture(() -> this.end, true);
		}

		@GestaltTimer(value = "failing", interval = "5ms")
		Mono<String> failing() {
			return Mono.error(new IllegalStateException("no"));
		}

	}

	static class Neighbours {

		private final CountDownLatch end = new CountDownLatch(1);

		@GestaltTimer(value = "slow", interval = "5ms")
		void slow() throws InterruptedException {
			this.end.await();
		}

		@GestaltTimer(value = "slower", interval = "5ms")
		void slower() throws InterruptedException {
			this.end.await();
		}

		@GestaltTimer(value = "failing", interval = "5ms")
		void fail() {
			throw new IllegalStateException("no");
		}

		@GestaltTimer(value = "good", interval = "5ms")
		void good() {
		}

	}

	static class Stuck {

		private final CountDownLatch entered = new CountDownLatch(1);

		private final CountDownLatch end = new CountDownLatch(1);

		private volatile Timer timer;

		private volatile boolean interrupted;

		@GestaltTimer(value = "stuck", interval = "5ms")
		void run(Timer self) {
			this.timer = self;
			this.entered.countDown();
			try {
				this.end.await();
			}
			catch (InterruptedException ex) {
				this.interrupted = true;
			}
		}

	}

	static class Closing {

		private final CompletableFuture<ConfigurableApplicationContext> context = new CompletableFuture<>();

		private final CountDownLatch closed = new CountDownLatch(1);

		@GestaltTimer(value = "close", repeat = 1)
		void close() throws Exception {
			this.context.get().close();
			this.closed.countDown();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScheduling
	static class Scheduling {

	}

}
