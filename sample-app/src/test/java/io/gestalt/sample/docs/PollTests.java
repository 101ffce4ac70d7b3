package io.gestalt.sample.docs;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.gestalt.boot.timer.GestaltTimer;
import io.gestalt.test.time.ManualClock;
import io.gestalt.timer.Timer;
import io.gestalt.timer.Timers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;

/** The example of the page about timers. */
@Timeout(60)
@SpringBootTest(classes = PollTests.Application.class,
		properties = { "spring.config.name=timers", "gestalt.timer.poll.interval=750ms" })
class PollTests {

	@TestConfiguration
	static class Time {

		@Bean
		ManualClock clock() {
			return new ManualClock();
		}

	}

	@Autowired
	private ManualClock clock;

	@Autowired
	private Poller poller;

	@Test
	void pollsEightyTimesAMinute() {
		int before = this.poller.polls.get();
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(this.poller.polls.get() - before).isBetween(80, 81);
	}

	@Autowired
	private Timers timers;

	@Test
	void remindsOnce() {
		AtomicInteger reminders = new AtomicInteger();
		Timer reminder = this.timers.once("reminder-42", Duration.ofHours(2), (timer) -> reminders.incrementAndGet());
		this.clock.advance(Duration.ofHours(1));
		assertThat(reminder.next()).isEqualTo(this.clock.instant().plus(Duration.ofHours(1)));
		this.clock.advance(Duration.ofDays(1));
		assertThat(reminders).hasValue(1);
	}

	@Component
	static class Poller {

		private final AtomicInteger polls = new AtomicInteger();

		@GestaltTimer("poll")
		void poll() {
			this.polls.incrementAndGet();
		}

	}

	@EnableAutoConfiguration
	@Import({ Poller.class, Time.class })
	static class Application {

	}

}
