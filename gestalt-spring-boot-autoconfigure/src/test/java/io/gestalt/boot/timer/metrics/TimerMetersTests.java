package io.gestalt.boot.timer.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.boot.timer.GestaltTimer;
import io.gestalt.boot.timer.TimerAutoConfiguration;
import io.gestalt.boot.timer.lifecycle.TimerLifecycleAutoConfiguration;
import io.gestalt.test.time.ManualClock;
import io.gestalt.timer.TimerObserver;
import io.gestalt.timer.Timers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class TimerMetersTests {

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final ObservationRegistry observations = ObservationRegistry.create();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
				TaskSchedulingAutoConfiguration.class, CodecAutoConfiguration.class, EndpointAutoConfiguration.class,
				LifecycleAutoConfiguration.class, TimerAutoConfiguration.class, TimerLifecycleAutoConfiguration.class,
				TimerMetricsAutoConfiguration.class, TimerObservationAutoConfiguration.class))
		.withBean(ManualClock.class, ManualClock::new)
		.withBean(Work.class)
		.withPropertyValues("gestalt.timer.poll.interval=1s");

	private final ApplicationContextRunner metered = this.runner.withBean(MeterRegistry.class, () -> this.registry);

	private double count(String meter, String... tags) {
		return this.registry.get(meter).tags(tags).counter().count();
	}

	@Test
	void countsRunsByOutcome() {
		this.metered.run((context) -> {
			context.getBean(ManualClock.class).advance(Duration.ofSeconds(9));
			assertThat(count("gestalt.timer.runs", "timer", "poll", "outcome", "succeeded")).isEqualTo(5);
			assertThat(count("gestalt.timer.runs", "timer", "poll", "outcome", "failed")).isEqualTo(5);
			assertThat(this.registry.get("gestalt.timer.lag").tag("timer", "poll").timer().count()).isEqualTo(10);
			assertThat(this.registry.get("gestalt.timer.running").tag("timer", "poll").gauge().value()).isZero();
			assertThat(count("gestalt.timer.skipped", "timer", "poll")).isZero();
		});
	}

	@Test
	void timersOfCallsShareAName() {
		this.metered.run((context) -> {
			ManualClock clock = context.getBean(ManualClock.class);
			Timers timers = context.getBean(Timers.class);
			timers.once("a-1", Duration.ZERO, (timer) -> {
			});
			timers.once("a-2", Duration.ZERO, (timer) -> {
			});
			clock.advance(Duration.ZERO);
			assertThat(count("gestalt.timer.runs", "timer", "other", "outcome", "succeeded")).isEqualTo(2);
			assertThat(this.registry.find("gestalt.timer.runs").tag("timer", "a-1").counters()).isEmpty();
		});
	}

	@Test
	void theMetersGoWithTheContext() {
		this.metered.run((context) -> {
			context.getBean(ManualClock.class).advance(Duration.ofSeconds(1));
			Set<String> names = new TreeSet<>();
			this.registry.forEachMeter((meter) -> names.add(meter.getId().getName()));
			for (TimerMeter meter : TimerMeter.values()) {
				assertThat(names).contains(meter.meterName());
			}
		});
		assertThat(this.registry.getMeters()).isEmpty();
	}

	@Test
	void aRunIsObservedWhileItRuns() {
		Seen seen = new Seen();
		this.observations.observationConfig().observationHandler(seen);
		this.runner.withBean(ObservationRegistry.class, () -> this.observations).run((context) -> {
			Work work = context.getBean(Work.class);
			work.observations = this.observations;
			context.getBean(ManualClock.class).advance(Duration.ofSeconds(1));
			assertThat(work.observed).containsExactly("gestalt.timer");
			assertThat(seen.ended).containsExactly("poll failed the pump is dry", "poll succeeded null");
			assertThat(this.observations.getCurrentObservation()).isNull();
		});
	}

	@Test
	void thePageListsTheMeters() throws IOException {
		String page = Files.readString(Path.of("../docs/metrics.md"));
		for (TimerMeter meter : TimerMeter.values()) {
			assertThat(page).contains("| `%s` | %s | %s |".formatted(meter.meterName(),
					meter.type().name().toLowerCase(Locale.ROOT), meter.unit()), meter.description());
		}
	}

	@Test
	void backsOffWithoutMicrometer() {
		this.runner.withClassLoader(new FilteredClassLoader(MeterRegistry.class, ObservationRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(TimerMetricsAutoConfiguration.class)
				.doesNotHaveBean(TimerObservationAutoConfiguration.class));
	}

	@Test
	void observesNothingIfSwitchedOff() {
		this.metered.withBean(ObservationRegistry.class, () -> this.observations)
			.withPropertyValues("gestalt.observation.enabled=false")
			.run((context) -> assertThat(context.getBeansOfType(TimerObserver.class).values())
				.hasAtLeastOneElementOfType(TimerMeters.class)
				.noneMatch(TimerRunObserver.class::isInstance));
	}

	static class Work {

		ObservationRegistry observations = ObservationRegistry.NOOP;

		final Set<String> observed = new TreeSet<>();

		private int runs;

		@GestaltTimer("poll")
		void poll() {
			Observation current = this.observations.getCurrentObservation();
			if (current != null) {
				this.observed.add(String.valueOf(current.getContextView().getName()));
			}
			if (this.runs++ % 2 == 0) {
				throw new IllegalStateException("the pump is dry");
			}
		}

	}

	private static final class Seen implements ObservationHandler<TimerRunContext> {

		final Set<String> ended = new TreeSet<>();

		@Override
		public void onStop(TimerRunContext context) {
			Throwable error = context.getError();
			this.ended.add("%s %s %s".formatted(context.name(), context.outcome(),
					(error != null) ? error.getMessage() : null));
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof TimerRunContext;
		}

	}

}
