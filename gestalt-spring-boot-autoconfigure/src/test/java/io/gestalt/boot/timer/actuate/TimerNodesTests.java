package io.gestalt.boot.timer.actuate;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.gestalt.boot.actuate.OperatedApplication;
import io.gestalt.boot.timer.GestaltTimer;
import io.gestalt.test.time.ManualClock;
import io.gestalt.timer.TimerSettings;
import io.gestalt.timer.Timers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads and operates timers over HTTP; their time stands still. */
@Timeout(60)
class TimerNodesTests {

	private static final String[] TIMERS = { "gestalt.timer.poll.interval=10s", "gestalt.timer.poll.repeat=100",
			"gestalt.timer.manual.interval=1s", "gestalt.timer.manual.auto-startup=false",
			"gestalt.timer.fragile.interval=1h", "gestalt.timer.fragile.on-error=cancel",
			"gestalt.timer.fragile.initial-delay=1h", "management.endpoint.health.show-details=always" };

	private static OperatedApplication open(String... more) {
		String[] properties = new String[TIMERS.length + more.length];
		System.arraycopy(TIMERS, 0, properties, 0, TIMERS.length);
		System.arraycopy(more, 0, properties, TIMERS.length, more.length);
		return OperatedApplication.of(Application.class, properties);
	}

	@Test
	void showsWhatTimersDo() {
		try (OperatedApplication application = open()) {
			application.bean(ManualClock.class).advance(Duration.ofSeconds(25));
			assertThat(application.read("").<String>read("$.timers.poll.schedule")).isEqualTo("every 10s, 100 times");
			assertThat(application.read("/poll").<String>read("$.state")).isEqualTo("scheduled");
			assertThat(application.read("/poll").<Integer>read("$.runs")).isEqualTo(3);
			assertThat(application.read("/poll").<Integer>read("$.remaining")).isEqualTo(97);
			assertThat(application.read("/poll").<Boolean>read("$.configured")).isTrue();
			assertThat(application.read("/manual").<String>read("$.state")).isEqualTo("stopped");
			assertThat(application.get("/gestalt?format=mermaid").body()).contains("poll<br/>timer: scheduled");
			assertThat(application.get("/gestalt/poll?format=mermaid").body()).startsWith("flowchart LR")
				.contains("every 10s")
				.doesNotContain("manual");
		}
	}

	@Test
	void showsTimersOfCallsAsLongAsTheyLast() {
		try (OperatedApplication application = open()) {
			application.bean(Timers.class).begin("soon", TimerSettings.once(Duration.ofSeconds(5)), (timer) -> {
			});
			assertThat(application.read("/soon").<Boolean>read("$.configured")).isFalse();
			application.bean(ManualClock.class).advance(Duration.ofSeconds(5));
			assertThat(application.get("/gestalt/soon").statusCode()).isEqualTo(404);
			assertThat(application.get("/gestalt/pol").body()).contains("Did you mean 'poll'?", "manual");
		}
	}

	@Test
	void firesATimer() {
		try (OperatedApplication application = open()) {
			AtomicInteger runs = application.bean(Work.class).polls;
			application.bean(ManualClock.class).advance(Duration.ZERO);
			assertThat(runs).hasValue(1);
			assertThat(application.post("poll", "{'operation': 'fire'}").statusCode()).isEqualTo(200);
			application.bean(ManualClock.class).advance(Duration.ZERO);
			assertThat(runs).hasValue(2);
			assertThat(application.read("/poll").<Integer>read("$.remaining")).isEqualTo(99);
		}
	}

	@Test
	void pausesResumesStartsAndCancels() {
		try (OperatedApplication application = open()) {
			AtomicInteger runs = application.bean(Work.class).polls;
			ManualClock clock = application.bean(ManualClock.class);
			clock.advance(Duration.ZERO);
			assertThat(application.post("poll", "{'operation': 'pause'}").body()).contains("\"state\":\"paused\"");
			clock.advance(Duration.ofSeconds(100));
			assertThat(runs).hasValue(1);
			assertThat(application.readiness()).isEqualTo(200);
			assertThat(application.post("poll", "{'operation': 'resume'}").body()).contains("scheduled");
			clock.advance(Duration.ofSeconds(10));
			assertThat(runs).hasValue(2);
			assertThat(application.post("poll", "{'operation': 'cancel'}").body()).contains("cancelled");
			clock.advance(Duration.ofSeconds(100));
			assertThat(runs).hasValue(2);
			assertRefused(application.post("poll", "{'operation': 'fire'}"), "it is cancelled");
			assertThat(application.post("manual", "{'operation': 'start'}").body()).contains("scheduled");
			assertRefused(application.post("manual", "{'operation': 'pauze'}"), "Did you mean 'pause'?");
		}
	}

	@Test
	void anErrorThatCancelsATimerTakesTheApplicationOutOfReadiness() {
		try (OperatedApplication application = open()) {
			assertThat(application.readiness()).isEqualTo(200);
			assertThat(application.get("/health/gestalt/manual").body()).contains("UNKNOWN");
			assertThat(application.get("/health/gestalt/poll").body()).contains("\"UP\"", "next");
			application.bean(ManualClock.class).advance(Duration.ofHours(1));
			assertThat(application.readiness()).isEqualTo(503);
			assertThat(application.get("/health/gestalt/fragile").body()).contains("\"DOWN\"", "cancelled",
					"the glass broke");
			assertThat(application.get("/health/gestalt/poll").body()).contains("\"UP\"", "completed");
			assertThat(application.read("/fragile").<Integer>read("$.counts.failed")).isEqualTo(1);
		}
	}

	@Test
	void aCallThatCancelsATimerDoesNot() {
		try (OperatedApplication application = open()) {
			assertThat(application.post("fragile", "{'operation': 'fire'}").statusCode()).isEqualTo(200);
			application.bean(ManualClock.class).advance(Duration.ZERO);
			assertThat(application.get("/health/gestalt/fragile").body()).contains("\"DOWN\"", "the glass broke");
			application.post("fragile", "{'operation': 'start'}");
			application.post("fragile", "{'operation': 'cancel'}");
			assertThat(application.get("/health/gestalt/fragile").body()).contains("UNKNOWN", "cancelled");
			assertThat(application.readiness()).isEqualTo(200);
		}
	}

	@Test
	void aTimerThatIsNotRequiredLeavesReadinessAlone() {
		try (OperatedApplication application = open("gestalt.timer.fragile.required=false")) {
			application.bean(ManualClock.class).advance(Duration.ofHours(1));
			assertThat(application.readiness()).isEqualTo(200);
			assertThat(application.get("/health/gestalt/fragile").body()).contains("DEGRADED");
		}
	}

	@Test
	void hidesTheTextsOfErrors() {
		try (OperatedApplication application = open("management.endpoint.gestalt.show-values=never")) {
			application.bean(ManualClock.class).advance(Duration.ofHours(1));
			assertThat(application.read("/fragile").<String>read("$.lastError")).isEqualTo("******");
		}
		try (OperatedApplication application = open("management.endpoint.gestalt.show-values=always")) {
			application.bean(ManualClock.class).advance(Duration.ofHours(1));
			assertThat(application.read("/fragile").<String>read("$.lastError")).contains("the glass broke");
		}
	}

	private static void assertRefused(HttpResponse<String> response, String text) {
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains(text, "\"action\"");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		ManualClock clock() {
			return new ManualClock();
		}

		@Bean
		Work work() {
			return new Work();
		}

	}

	static class Work {

		final AtomicInteger polls = new AtomicInteger();

		@GestaltTimer("poll")
		void poll() {
			this.polls.incrementAndGet();
		}

		@GestaltTimer("manual")
		void manual() {
		}

		@GestaltTimer("fragile")
		void fragile() {
			throw new IllegalStateException("the glass broke");
		}

	}

}
