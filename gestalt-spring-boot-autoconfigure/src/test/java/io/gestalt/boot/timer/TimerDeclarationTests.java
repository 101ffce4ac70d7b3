package io.gestalt.boot.timer;

import io.gestalt.boot.FailedStart;
import io.gestalt.boot.timer.lifecycle.TimerLifecycleAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/** What a user reads when timers keep an application from its start. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class TimerDeclarationTests {

	@Test
	void aTimerThatNobodyConfigures(CapturedOutput output) {
		assertThat(start(output, Unscheduled.class, "gestalt.timer.polls.interval=1s")).contains(
				"Timer 'poll' has neither an interval nor cron, did you mean 'polls'?.",
				"Set 'gestalt.timer.poll.interval' or 'gestalt.timer.poll.cron', or say it in the annotation: "
						+ "@GestaltTimer(value = \"poll\", interval = \"1s\").");
	}

	@Test
	void twoMethodsOfOneTimer(CapturedOutput output) {
		assertThat(start(output, Two.class)).contains(
				"Timer 'poll' has two methods, 'TimerDeclarationTests.Two.a()' and 'TimerDeclarationTests.Two.b()'.",
				"Remove one of them, or give it a timer of its own.");
	}

	@Test
	void aNameInAnAnnotationThatAnEndpointHas(CapturedOutput output) {
		assertThat(start(output, Named.class, "gestalt.tcp.server.poll.port=0"))
			.contains("Endpoint 'poll' exists twice, as 'endpoint' and as '@GestaltTimer'");
	}

	@Test
	void aParameterThatNoTimerHas(CapturedOutput output) {
		assertThat(start(output, Parameter.class)).contains(
				"Timer 'poll' runs 'TimerDeclarationTests.Parameter.poll(String)', but has nothing for its parameters.",
				"Let the method have no parameter, or one of type io.gestalt.timer.Timer.");
	}

	@Test
	void anAttributeThatCannotBeRead(CapturedOutput output) {
		assertThat(start(output, Unreadable.class)).contains(
				"Timer 'poll' has the attribute 'interval' with the value 'often', which cannot be used: ",
				"Correct it, or set it under 'gestalt.timer.poll', which wins over the annotation.");
	}

	@Test
	void twoSchedulesInOneAnnotation(CapturedOutput output) {
		assertThat(start(output, TwoSchedules.class)).contains(
				"Timer 'poll' has both an interval and cron in its annotation.", "Remove either the interval or cron.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			interval=0ms        |                       | it is shorter than 1 ms
			initial-delay=-1s   | interval=1s           | it is negative
			jitter=-1s          | interval=1s           | it is negative
			jitter=2s           | interval=1s           | it exceeds the interval of 1000 ms
			max-run-time=-1s    | interval=1s           | it is negative
			repeat=0            | interval=1s           | it is not positive
			cron=* * * *        |                       | Cron expression must consist of 6 fields
			cron=* * * * * *    | interval=1s           | there is an interval too
			mode=fixed-delay    | cron=* * * * * *      | cron says when the timer ticks
			zone=Europe/Berlin  | interval=1s           | there is no cron to which it could apply
			""")
	void aPropertyThatIsOutOfRangeOrHasNoEffect(String property, String other, String reason, CapturedOutput output) {
		String key = property.substring(0, property.indexOf('='));
		assertThat(start(output, Nothing.class, "gestalt.timer.poll." + property,
				"gestalt.timer.poll." + ((other != null) ? other : "required=true")))
			.contains("Property 'gestalt.timer.poll.%s' has the value".formatted(key), reason);
	}

	@Test
	void aMisspeltProperty(CapturedOutput output) {
		assertThat(start(output, Nothing.class, "gestalt.timer.poll.intervall=1s")).contains(
				"Property 'gestalt.timer.poll.intervall' with the value '1s'", "is unknown.",
				"Did you mean 'gestalt.timer.poll.interval'?");
	}

	@Test
	void aNameThatAnEndpointHas(CapturedOutput output) {
		assertThat(start(output, Nothing.class, "gestalt.timer.orders.interval=1s", "gestalt.tcp.server.orders.port=0"))
			.contains("'orders' exists twice, as 'gestalt.t", "'gestalt.timer.orders'", "'gestalt.tcp.server.orders'");
	}

	private static String start(CapturedOutput output, Class<?> source, String... properties) {
		return FailedStart.output(output, FailedStart.application(Timers.class, source), properties);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ TimerAutoConfiguration.class, TimerLifecycleAutoConfiguration.class })
	static class Timers {

	}

	static class Nothing {

	}

	static class Unscheduled {

		@GestaltTimer("poll")
		void poll() {
		}

	}

	static class Named {

		@GestaltTimer(value = "poll", interval = "1s")
		void poll() {
		}

	}

	static class Two {

		@GestaltTimer(value = "poll", interval = "1s")
		void a() {
		}

		@GestaltTimer(value = "poll", interval = "1s")
		void b() {
		}

	}

	static class Parameter {

		@GestaltTimer(value = "poll", interval = "1s")
		void poll(String text) {
		}

	}

	static class Unreadable {

		@GestaltTimer(value = "poll", interval = "often")
		void poll() {
		}

	}

	static class TwoSchedules {

		@GestaltTimer(value = "poll", interval = "1s", cron = "* * * * * *")
		void poll() {
		}

	}

}
