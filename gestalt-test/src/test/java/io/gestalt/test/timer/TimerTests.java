package io.gestalt.test.timer;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

import io.gestalt.test.time.ManualClock;
import io.gestalt.timer.Timer;
import io.gestalt.timer.TimerException;
import io.gestalt.timer.TimerHandler;
import io.gestalt.timer.TimerSettings;
import io.gestalt.timer.TimerSettings.Mode;
import io.gestalt.timer.TimerSettings.OnError;
import io.gestalt.timer.TimerSettings.Overlap;
import io.gestalt.timer.TimerState;
import io.gestalt.timer.Timers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Ticks and runs on a clock that stands still. */
@Timeout(30)
class TimerTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final ManualClock clock = new ManualClock();

	private final Instant begin = this.clock.instant();

	private final Timers timers = new Timers(this.clock, Runnable::run, (event) -> {
	});

	private final List<Duration> runs = new ArrayList<>();

	private final TimerHandler handler = (timer) -> this.runs.add(Duration.between(this.begin, this.clock.instant()));

	@BeforeEach
	void start() {
		this.timers.start();
	}

	@Test
	void tenThousandTicksAreTenThousandRunsWithoutDrift() {
		Duration interval = Duration.ofNanos(1_000_001);
		Timer timer = this.timers.forever("poll", interval, this.handler);
		this.clock.advance(interval.multipliedBy(9_999));
		assertThat(this.runs).hasSize(10_000)
			.isEqualTo(LongStream.range(0, 10_000).mapToObj(interval::multipliedBy).toList());
		assertThat(timer.runs()).isEqualTo(10_000);
		assertThat(timer.counts().skipped()).isZero();
		assertThat(timer.counts().longestLag()).isZero();
		assertThat(timer.next()).isEqualTo(this.begin.plus(interval.multipliedBy(10_000)));
		assertThat(timer.remaining()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(Overlap.class)
	void tenThousandTicksInAnyOverlap(Overlap overlap) {
		Timer timer = this.timers.begin("poll", TimerSettings.every(SECOND).overlap(overlap).repeat(10_000),
				this.handler);
		this.clock.advance(SECOND.multipliedBy(20_000));
		assertThat(timer.runs()).isEqualTo(10_000);
		assertThat(timer.state()).isEqualTo(TimerState.COMPLETED);
		assertThat(this.runs.get(9_999)).isEqualTo(SECOND.multipliedBy(9_999));
	}

	@Test
	void aFixedRateIsKeptThoughEveryRunTakesTime() {
		this.timers.forever("poll", SECOND, (timer) -> {
			this.handler.run(timer);
			this.clock.advance(Duration.ofMillis(400));
		});
		this.clock.advance(SECOND.multipliedBy(3));
		assertThat(this.runs).containsExactly(Duration.ZERO, SECOND, SECOND.multipliedBy(2), SECOND.multipliedBy(3));
	}

	@Test
	void aFixedDelayBeginsWhenTheRunHasEnded() {
		Timer timer = this.timers.begin("poll", TimerSettings.every(SECOND).mode(Mode.FIXED_DELAY).initialDelay(SECOND),
				(self) -> {
					this.handler.run(self);
					assertThat(self.next()).isNull();
					this.clock.advance(Duration.ofMillis(400));
				});
		this.clock.advance(SECOND.multipliedBy(4));
		assertThat(this.runs).containsExactly(SECOND, Duration.ofMillis(2_400), Duration.ofMillis(3_800));
		assertThat(timer.next()).isEqualTo(this.begin.plusMillis(5_200));
	}

	@Test
	void onceIsOnce() {
		Timer timer = this.timers.once("remind", SECOND, this.handler);
		assertThat(timer.next()).isEqualTo(this.begin.plus(SECOND));
		assertThat(timer.remaining()).hasValue(1);
		this.clock.advance(SECOND.multipliedBy(10));
		assertThat(this.runs).containsExactly(SECOND);
		assertThat(timer.state()).isEqualTo(TimerState.COMPLETED);
		assertThat(timer.remaining()).hasValue(0);
		assertThat(timer.next()).isNull();
		assertThat(this.clock.scheduled()).isZero();
	}

	@Test
	void withoutADelayTheFirstRunIsAtOnce() {
		Timer timer = this.timers.repeat("poll", 3, SECOND, this.handler);
		this.clock.advance(Duration.ZERO);
		assertThat(this.runs).containsExactly(Duration.ZERO);
		assertThat(timer.remaining()).hasValue(2);
		this.clock.advance(SECOND.multipliedBy(10));
		assertThat(this.runs).hasSize(3);
	}

	@Test
	void aTickThatMeetsARunIsSkippedAndNoRepetition() {
		Timer timer = this.timers.repeat("poll", 3, SECOND, (self) -> {
			this.handler.run(self);
			this.clock.advance(Duration.ofMillis(2_500));
		});
		this.clock.advance(SECOND.multipliedBy(20));
		assertThat(this.runs).containsExactly(Duration.ZERO, SECOND.multipliedBy(3), SECOND.multipliedBy(6));
		assertThat(timer.counts().runs()).isEqualTo(3);
		assertThat(timer.counts().skipped()).isEqualTo(4);
		assertThat(timer.state()).isEqualTo(TimerState.COMPLETED);
	}

	@Test
	void aTickThatMeetsARunWaitsInAQueue() {
		AtomicInteger count = new AtomicInteger();
		Timer timer = this.timers.begin("poll", TimerSettings.every(SECOND).overlap(Overlap.QUEUE).repeat(5),
				(self) -> {
					this.handler.run(self);
					this.clock.advance((count.getAndIncrement() == 0) ? Duration.ofMillis(2_500) : Duration.ZERO);
				});
		this.clock.advance(SECOND.multipliedBy(20));
		assertThat(this.runs).containsExactly(Duration.ZERO, Duration.ofMillis(2_500), Duration.ofMillis(2_500),
				SECOND.multipliedBy(3), SECOND.multipliedBy(4));
		assertThat(timer.counts().skipped()).isZero();
		assertThat(timer.counts().longestLag()).isEqualTo(Duration.ofMillis(1_500));
		assertThat(timer.counts().lastLag()).isZero();
		assertThat(timer.state()).isEqualTo(TimerState.COMPLETED);
	}

	@Test
	void aQueueOfTenThousandIsFull() {
		AtomicInteger count = new AtomicInteger();
		Timer timer = this.timers.begin("poll", TimerSettings.every(SECOND).overlap(Overlap.QUEUE), (self) -> {
			if (count.getAndIncrement() == 0) {
				this.clock.advance(SECOND.multipliedBy(10_003));
			}
		});
		this.clock.advance(Duration.ZERO);
		assertThat(timer.counts().runs()).isEqualTo(10_001);
		assertThat(timer.counts().skipped()).isEqualTo(3);
	}

	@Test
	void ticksRunBesideEachOther() {
		AtomicInteger most = new AtomicInteger();
		Timer timer = this.timers.begin("poll", TimerSettings.every(SECOND).overlap(Overlap.CONCURRENT).repeat(4),
				(self) -> {
					most.accumulateAndGet(self.running(), Math::max);
					this.clock.advance(Duration.ofMillis(1_500));
				});
		this.clock.advance(SECOND.multipliedBy(20));
		assertThat(timer.runs()).isEqualTo(4);
		assertThat(timer.counts().skipped()).isZero();
		assertThat(most).hasValue(4);
		assertThat(timer.running()).isZero();
	}

	@Test
	void jitterDelaysTicksWithoutAddingUp() {
		this.timers.begin("poll", TimerSettings.every(SECOND).jitter(SECOND), this.handler);
		this.clock.advance(SECOND.multipliedBy(1_000));
		assertThat(this.runs).hasSizeBetween(1_000, 1_001);
		boolean late = false;
		for (int i = 0; i < 1_000; i++) {
			assertThat(this.runs.get(i)).isBetween(SECOND.multipliedBy(i), SECOND.multipliedBy(i + 1));
			late |= this.runs.get(i).compareTo(SECOND.multipliedBy(i).plusMillis(100)) > 0;
		}
		assertThat(late).isTrue();
	}

	@Test
	void aFailureIsCountedAndTheTimerGoesOn() {
		IllegalStateException failure = new IllegalStateException("no");
		AtomicInteger count = new AtomicInteger();
		Timer timer = this.timers.repeat("poll", 3, SECOND, (self) -> {
			if (count.incrementAndGet() == 2) {
				throw failure;
			}
		});
		this.clock.advance(SECOND);
		assertThat(timer.lastError()).isSameAs(failure);
		this.clock.advance(SECOND);
		assertThat(timer.lastError()).isNull();
		assertThat(timer.counts().runs()).isEqualTo(3);
		assertThat(timer.counts().failed()).isOne();
	}

	@Test
	void aFailureMayCancelTheTimer() {
		Timer timer = this.timers.begin("poll", TimerSettings.every(SECOND).onError(OnError.CANCEL), (self) -> {
			throw new AssertionError("no");
		});
		this.clock.advance(SECOND.multipliedBy(5));
		assertThat(timer.runs()).isOne();
		assertThat(timer.state()).isEqualTo(TimerState.CANCELLED);
		assertThat(timer.lastError()).hasMessage("no");
		assertThat(timer.next()).isNull();
		assertThat(this.clock.scheduled()).isZero();
	}

	@Test
	void ticksWithinAPauseAreLostAtAFixedRate() {
		Timer timer = this.timers.repeat("poll", 4, SECOND, this.handler);
		this.clock.advance(Duration.ofMillis(1_500));
		timer.pause();
		assertThat(timer.state()).isEqualTo(TimerState.PAUSED);
		assertThat(timer.next()).isNull();
		this.clock.advance(SECOND.multipliedBy(5));
		timer.resume();
		assertThat(timer.next()).isEqualTo(this.begin.plusSeconds(7));
		this.clock.advance(SECOND.multipliedBy(10));
		assertThat(this.runs).containsExactly(Duration.ZERO, SECOND, SECOND.multipliedBy(7), SECOND.multipliedBy(8));
		assertThat(timer.counts().skipped()).isZero();
	}

	@Test
	void aPauseBetweenTwoTicksChangesNothing() {
		Timer timer = this.timers.forever("poll", SECOND, this.handler);
		this.clock.advance(Duration.ofMillis(1_200));
		timer.pause();
		timer.pause();
		this.clock.advance(Duration.ofMillis(300));
		timer.resume();
		timer.resume();
		this.clock.advance(SECOND);
		assertThat(this.runs).containsExactly(Duration.ZERO, SECOND, SECOND.multipliedBy(2));
	}

	@Test
	void whatCameDueInAPauseRunsAtOnceWithAFixedDelay() {
		Timer timer = this.timers.begin("poll", TimerSettings.every(SECOND).mode(Mode.FIXED_DELAY), this.handler);
		this.clock.advance(Duration.ofMillis(500));
		timer.pause();
		this.clock.advance(SECOND.multipliedBy(5));
		timer.resume();
		this.clock.advance(SECOND);
		assertThat(this.runs).containsExactly(Duration.ZERO, Duration.ofMillis(5_500), Duration.ofMillis(6_500));
	}

	@Test
	void aFixedDelayMayBePausedByItsRun() {
		Timer timer = this.timers.begin("poll", TimerSettings.every(SECOND).mode(Mode.FIXED_DELAY), (self) -> {
			this.handler.run(self);
			self.pause();
		});
		this.clock.advance(SECOND.multipliedBy(5));
		assertThat(this.runs).hasSize(1);
		timer.resume();
		this.clock.advance(Duration.ZERO);
		assertThat(this.runs).containsExactly(Duration.ZERO, SECOND.multipliedBy(5));
	}

	@Test
	void aSingleRunThatCameDueInAPauseIsNotLost() {
		Timer timer = this.timers.once("remind", SECOND, this.handler);
		timer.pause();
		this.clock.advance(SECOND.multipliedBy(5));
		timer.resume();
		this.clock.advance(Duration.ZERO);
		assertThat(this.runs).containsExactly(SECOND.multipliedBy(5));
		assertThat(timer.counts().lastLag()).isEqualTo(SECOND.multipliedBy(4));
	}

	@Test
	void cancelEndsATimerFromWithinAndForGood() {
		Timer timer = this.timers.forever("poll", SECOND, (self) -> {
			this.handler.run(self);
			self.cancel();
			self.resume();
		});
		this.clock.advance(SECOND.multipliedBy(5));
		assertThat(this.runs).hasSize(1);
		assertThat(timer.state()).isEqualTo(TimerState.CANCELLED);
		assertThat(timer.fire()).isFalse();
		assertThat(this.timers.find("poll")).isNull();
	}

	@Test
	void cancelLeavesOutWhatWaits() {
		Timer timer = this.timers.begin("poll", TimerSettings.every(SECOND).overlap(Overlap.QUEUE), (self) -> {
			this.clock.advance(SECOND.multipliedBy(3));
			self.cancel();
		});
		this.clock.advance(SECOND);
		assertThat(timer.counts().runs()).isOne();
		assertThat(timer.counts().skipped()).isEqualTo(3);
	}

	@Test
	void fireIsARunBesideTheSchedule() {
		Timer timer = this.timers.repeat("poll", 2, SECOND, this.handler);
		this.clock.advance(Duration.ofMillis(500));
		assertThat(timer.fire()).isTrue();
		assertThat(timer.remaining()).hasValue(1);
		this.clock.advance(SECOND.multipliedBy(5));
		assertThat(this.runs).containsExactly(Duration.ZERO, Duration.ofMillis(500), SECOND);
		assertThat(timer.runs()).isEqualTo(3);
		assertThat(timer.state()).isEqualTo(TimerState.COMPLETED);
	}

	@Test
	void fireWorksForATimerThatDoesNotTick() {
		Timer timer = this.timers.add("manual");
		assertThat(timer.fire()).isFalse();
		timer.handle(this.handler);
		assertThat(timer.fire()).isTrue();
		timer.configure(TimerSettings.every(SECOND));
		timer.start();
		timer.pause();
		assertThat(timer.fire()).isTrue();
		assertThat(timer.runs()).isEqualTo(2);
		assertThat(timer.state()).isEqualTo(TimerState.PAUSED);
	}

	@Test
	void fireMeetsARunAsATickDoes() {
		List<Boolean> fired = new ArrayList<>();
		TimerHandler refiring = (self) -> {
			if (self.runs() == 1) {
				fired.add(self.fire());
			}
		};
		Timer skipping = this.timers.begin("skip", TimerSettings.once(SECOND), refiring);
		Timer queueing = this.timers.begin("queue", TimerSettings.once(SECOND).overlap(Overlap.QUEUE), refiring);
		this.clock.advance(SECOND);
		assertThat(fired).containsExactly(false, true);
		assertThat(skipping.counts().skipped()).isOne();
		assertThat(queueing.runs()).isEqualTo(2);
		assertThat(queueing.state()).isEqualTo(TimerState.COMPLETED);
	}

	@Test
	void aTimerStartsAgainFromTheBeginning() {
		Timer timer = this.timers.add("poll");
		timer.configure(TimerSettings.every(SECOND).repeat(2));
		timer.handle(this.handler);
		timer.start();
		timer.start();
		this.clock.advance(SECOND.multipliedBy(5));
		timer.start();
		assertThat(timer.remaining()).hasValue(2);
		this.clock.advance(SECOND.multipliedBy(5));
		assertThat(timer.runs()).isEqualTo(4);
		assertThat(this.timers.find("poll")).isSameAs(timer);
	}

	@Test
	void cadencesFollowTheClockOnTheWall() {
		Timer timer = this.timers.begin("hourly", TimerSettings.at(TimerTests::fullHour), this.handler);
		this.clock.advance(Duration.ofMinutes(150));
		assertThat(this.runs).containsExactly(Duration.ofHours(1), Duration.ofHours(2));
		this.clock.set(this.clock.instant().plus(Duration.ofMinutes(25)));
		this.clock.advance(Duration.ofMinutes(5));
		assertThat(this.runs).hasSize(3).last().isEqualTo(Duration.ofHours(3));
		this.clock.set(this.clock.instant().plus(Duration.ofHours(10)));
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(timer.runs()).isEqualTo(4);
		assertThat(timer.counts().skipped()).isEqualTo(9);
		assertThat(timer.next()).isEqualTo(this.begin.plus(Duration.ofHours(14)));
	}

	@Test
	void fixedRatesDoNotCareForTheClockOnTheWall() {
		Timer timer = this.timers.forever("poll", SECOND, this.handler);
		this.clock.advance(SECOND);
		this.clock.set(this.begin.minus(Duration.ofDays(1)));
		this.clock.advance(SECOND);
		this.clock.set(this.begin.plus(Duration.ofDays(1)));
		this.clock.advance(SECOND);
		assertThat(timer.runs()).isEqualTo(4);
		assertThat(timer.counts().skipped()).isZero();
		assertThat(timer.counts().longestLag()).isZero();
	}

	@Test
	void aCadenceMayEndAndMayFail() {
		Instant only = this.begin.plusSeconds(7);
		Timer ending = this.timers.begin("ending", TimerSettings.at((time) -> time.isBefore(only) ? only : null),
				this.handler);
		Timer failing = this.timers.begin("failing", TimerSettings.at((time) -> time), this.handler);
		assertThat(failing.state()).isEqualTo(TimerState.CANCELLED);
		assertThat(failing.lastError()).hasMessageStartingWith("Cadence says that 2026-");
		this.clock.advance(SECOND.multipliedBy(10));
		assertThat(this.runs).containsExactly(SECOND.multipliedBy(7));
		assertThat(ending.state()).isEqualTo(TimerState.COMPLETED);
	}

	@Test
	void aRunThatNoThreadTakesHasFailed() {
		Timers full = new Timers(ManualClock.withThreads(), (run) -> {
			throw new RejectedExecutionException("full");
		}, (event) -> {
		});
		Timer timer = full.add("poll");
		timer.handle(this.handler);
		full.start();
		assertThat(timer.fire()).isTrue();
		assertThat(timer.counts().failed()).isOne();
		assertThat(timer.lastError()).hasMessage("full");
		assertThat(timer.running()).isZero();
	}

	@Test
	void namesAreUniqueAmongThoseThatHaveNotEnded() {
		this.timers.once("poll", SECOND, this.handler);
		assertThatExceptionOfType(TimerException.class).isThrownBy(() -> this.timers.once("poll", SECOND, this.handler))
			.withMessage("There is a timer 'poll' already");
		this.clock.advance(SECOND);
		this.timers.once("poll", SECOND, this.handler);
		assertThat(this.timers.all()).extracting(Timer::name).containsExactly("poll");
	}

	@Test
	void aTimerThatIsActiveOrHasNothingToDoSaysSo() {
		Timer timer = this.timers.add("poll");
		assertThatExceptionOfType(TimerException.class).isThrownBy(timer::start)
			.withMessage("Timer 'poll' cannot start, for nobody has said when it ticks");
		timer.configure(TimerSettings.every(SECOND));
		assertThatExceptionOfType(TimerException.class).isThrownBy(timer::start)
			.withMessage("Timer 'poll' cannot start, for nobody has said what it does");
		timer.handle(this.handler);
		timer.start();
		assertThatExceptionOfType(TimerException.class).isThrownBy(() -> timer.handle(this.handler))
			.withMessage("Timer 'poll' is active and cannot be changed");
	}

	@Test
	void impossibleSettingsAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> TimerSettings.every(Duration.ofNanos(1)))
			.withMessage("Interval of PT0.000000001S is shorter than 1 ms");
		assertThatIllegalArgumentException().isThrownBy(() -> TimerSettings.every(SECOND).jitter(SECOND.plusNanos(1)))
			.withMessage("Jitter of PT1.000000001S exceeds the interval");
		assertThatIllegalArgumentException().isThrownBy(() -> TimerSettings.every(SECOND).repeat(0))
			.withMessage("Repeat count of 0 is not positive");
	}

	@Test
	void whatIsStartedEarlyBeginsWithAllOthersAndAgainAfterAStop() {
		Timers late = new Timers(this.clock, Runnable::run, (event) -> {
		});
		Timer timer = late.forever("poll", SECOND, this.handler);
		Timer cancelled = late.forever("never", SECOND, this.handler);
		cancelled.cancel();
		this.clock.advance(SECOND.multipliedBy(5));
		assertThat(timer.state()).isEqualTo(TimerState.STOPPED);
		late.start();
		this.clock.advance(SECOND);
		assertThat(this.runs).hasSize(2);
		late.stop(Duration.ZERO);
		assertThat(timer.fire()).isFalse();
		this.clock.advance(SECOND.multipliedBy(5));
		assertThat(this.runs).hasSize(2);
		late.start();
		this.clock.advance(Duration.ZERO);
		assertThat(this.runs).hasSize(3);
		assertThat(late.all()).containsExactly(timer);
	}

	private static Instant fullHour(Instant time) {
		return time.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
	}

}
