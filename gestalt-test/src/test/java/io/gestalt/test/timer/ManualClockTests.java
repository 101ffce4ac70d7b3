package io.gestalt.test.timer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;

import io.gestalt.test.time.ManualClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ManualClockTests {

	private final ManualClock clock = new ManualClock();

	private final List<String> calls = new ArrayList<>();

	@Test
	void callsComeInTheOrderOfTheirTimesAndElseInThatOfTheirMaking() {
		this.clock.schedule(() -> this.calls.add("third"), Duration.ofSeconds(2));
		this.clock.schedule(() -> this.calls.add("first"), Duration.ofSeconds(1));
		this.clock.schedule(() -> this.calls.add("second"), Duration.ofSeconds(1));
		Future<?> never = this.clock.schedule(() -> this.calls.add("never"), Duration.ofSeconds(1));
		never.cancel(false);
		assertThat(this.clock.scheduled()).isEqualTo(3);
		this.clock.advance(Duration.ofMillis(1_999));
		assertThat(this.calls).containsExactly("first", "second");
		this.clock.advance(Duration.ofMillis(1));
		assertThat(this.calls).containsExactly("first", "second", "third");
	}

	@Test
	void aCallSeesItsOwnTimeAndMayMoveOnFurther() {
		Instant begin = this.clock.instant();
		this.clock.schedule(() -> {
			assertThat(this.clock.instant()).isEqualTo(begin.plusSeconds(1));
			this.clock.advance(Duration.ofSeconds(5));
		}, Duration.ofSeconds(1));
		this.clock.schedule(() -> this.calls.add(Duration.between(begin, this.clock.instant()).toString()),
				Duration.ofSeconds(2));
		this.clock.advance(Duration.ofSeconds(3));
		assertThat(this.calls).containsExactly("PT2S");
		assertThat(this.clock.instant()).isEqualTo(begin.plusSeconds(6));
	}

	@Test
	void settingItLetsNoTimePass() {
		this.clock.schedule(() -> this.calls.add("late"), Duration.ofSeconds(1));
		long nanos = this.clock.nanoTime();
		this.clock.set(Instant.EPOCH);
		this.clock.advance(Duration.ZERO);
		assertThat(this.calls).isEmpty();
		assertThat(this.clock.nanoTime()).isEqualTo(nanos);
		assertThat(this.clock.instant()).isEqualTo(Instant.EPOCH);
		this.clock.advanceTo(Instant.EPOCH.plusSeconds(1));
		assertThat(this.calls).containsExactly("late");
	}

	@Test
	void inAnotherZoneItIsTheSameClock() {
		Clock other = this.clock.withZone(ZoneId.of("Europe/Berlin"));
		this.clock.advance(Duration.ofHours(1));
		assertThat(other.instant()).isEqualTo(this.clock.instant());
		assertThat(other.getZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
	}

	@Test
	void workIsDoneWhereTheClockIsMovedUnlessItIsLeftToThreads() {
		Executor threads = (task) -> {
		};
		assertThat(ManualClock.withThreads().executor(threads)).isSameAs(threads);
		this.clock.executor(threads).execute(() -> this.calls.add("here"));
		assertThat(this.calls).containsExactly("here");
	}

}
