package io.gestalt.boot.timing;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.boot.annotation.ListenerAutoConfiguration;
import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.boot.observation.MessageObservationAutoConfiguration;
import io.gestalt.boot.observation.ReceiveConvention;
import io.gestalt.boot.tcp.TcpAutoConfiguration;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.observation.MessageObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class MessageTimingTests {

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final ObservationRegistry observations = ObservationRegistry.create();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
				CodecAutoConfiguration.class, EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class,
				ListenerAutoConfiguration.class, TcpAutoConfiguration.class, ObservationAutoConfiguration.class,
				MessageObservationAutoConfiguration.class, MessageTimingAutoConfiguration.class))
		.withBean(Clerk.class)
		.withPropertyValues("gestalt.tcp.server.orders.port=0", "gestalt.tcp.server.orders.address=127.0.0.1");

	private final ApplicationContextRunner timed = this.runner
		.withBean(MeterRegistry.class, () -> this.registry, (definition) -> definition.setDestroyMethodName(""))
		.withBean(ObservationRegistry.class, () -> this.observations);

	private void ask(Object payload, Check check) {
		this.timed.run(
				(server) -> this.timed
					.withPropertyValues("gestalt.tcp.client.rates.target=127.0.0.1:"
							+ server.getBean("orders", TcpServerEndpoint.class).port())
					.run((client) -> {
						CompletableFuture<String> answer = client.getBean("rates", Endpoint.class)
							.request(payload, String.class);
						check.accept(answer);
					}));
	}

	private Timer timer(String name, String outcome, String error) {
		return this.registry.get(name).tags("outcome", outcome, "error", error).timer();
	}

	@ParameterizedTest
	@ValueSource(strings = { "value", "stage", "mono" })
	void timesAHandlerUntilWhatItReturnsIsDone(String kind) {
		ask(kind, (answer) -> {
			assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("done");
			await().until(() -> timer("gestalt.receive", "success", "none").count() == 1);
			Timer timer = timer("gestalt.receive", "success", "none");
			assertThat(timer.getId().getTag("name")).isEqualTo("orders");
			assertThat(timer.getId().getTag("operation")).isEqualTo("String");
			assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isPositive();
			await().until(() -> timer("gestalt.request", "success", "none").count() == 1);
			assertThat(timer("gestalt.request", "success", "none").getId().getTag("name")).isEqualTo("rates");
		});
	}

	@ParameterizedTest
	@CsvSource({ "throws", "failed-stage", "failed-mono" })
	void aFailureIsAnOutcome(String kind) {
		ask(kind, (answer) -> {
			assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS)).isNotNull();
			await().until(() -> this.registry.find("gestalt.receive").tag("outcome", "error").timer() != null);
			assertThat(timer("gestalt.receive", "error", "IllegalArgumentException").count()).isEqualTo(1);
			assertThat(timer("gestalt.receive", "success", "none").count()).isZero();
			await().until(() -> this.registry.find("gestalt.request").tag("outcome", "error").timer() != null);
		});
	}

	@Test
	void theTimersGoWithTheContext() {
		ask("throws", (answer) -> assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS)).isNotNull());
		assertThat(this.registry.find("gestalt.receive").timers()).isEmpty();
	}

	@Test
	void leavesItToObservationsWhereSomebodyTraces() {
		this.timed.withBean(Tracer.class, () -> Tracer.NOOP)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasBean("gestaltObservingCustomizer")
				.doesNotHaveBean(MessageTimers.class));
	}

	@Test
	void leavesItToObservationsWhereSomebodyNamesThem() {
		this.timed.withBean(ReceiveConvention.class, () -> new ReceiveConvention() {
		}).run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(MessageTimers.class));
	}

	@Test
	void observationsMakeTheSameTimers() {
		this.observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(this.registry));
		this.timed.withPropertyValues("gestalt.observation.enabled=true").run((server) -> {
			assertThat(server).doesNotHaveBean(MessageTimers.class);
			this.runner
				.withPropertyValues("gestalt.tcp.client.rates.target=127.0.0.1:"
						+ server.getBean("orders", TcpServerEndpoint.class).port())
				.run((client) -> assertThat(client.getBean("rates", Endpoint.class)
					.request("value", String.class)
					.get(10, TimeUnit.SECONDS)).isNotNull());
			await().until(() -> this.registry.find("gestalt.receive").timer() != null);
			Timer timer = timer("gestalt.receive", "success", "none");
			assertThat(timer.getId().getTags()).extracting((tag) -> tag.getKey() + "=" + tag.getValue())
				.containsExactlyInAnyOrder("name=orders", "operation=String", "outcome=success", "error=none");
		});
	}

	@Test
	void timesNothingIfSwitchedOff() {
		this.timed.withPropertyValues("gestalt.observation.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(MessageTimers.class)
				.doesNotHaveBean(MessageObserver.class)
				.doesNotHaveBean("gestaltObservingCustomizer"));
	}

	@Test
	void backsOffWithoutMeters() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(MessageTimers.class));
		this.runner.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(MessageTimers.class));
	}

	/** Looks at an answer. */
	private interface Check {

		void accept(CompletableFuture<String> answer) throws Exception;

	}

	static class Clerk {

		@GestaltListener("orders")
		Object answer(String kind) {
			return switch (kind.replace("\"", "")) {
				case "value" -> "done";
				case "stage" -> CompletableFuture.completedFuture("done");
				case "mono" -> Mono.just("done");
				case "failed-stage" -> CompletableFuture.failedFuture(new IllegalArgumentException("no such order"));
				case "failed-mono" -> Mono.error(new IllegalArgumentException("no such order"));
				default -> throw new IllegalArgumentException("no such order");
			};
		}

	}

}
