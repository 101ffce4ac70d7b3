package io.gestalt.boot.uncaught;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.gestalt.boot.annotation.ListenerAutoConfiguration;
import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.boot.metrics.GestaltMeter;
import io.gestalt.boot.metrics.MetricsAutoConfiguration;
import io.gestalt.boot.tcp.TcpAutoConfiguration;
import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class UncaughtErrorsTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
				CodecAutoConfiguration.class, EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class,
				ListenerAutoConfiguration.class, TcpAutoConfiguration.class,
				org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, MetricsAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class, () -> this.registry)
		.withBean(FaultyApplication.Clerk.class)
		.withBean(Witness.class)
		.withPropertyValues("gestalt.tcp.server.orders.port=0", "gestalt.tcp.server.orders.framing.type=line",
				"gestalt.defaults.codec.serializer=text");

	private static String send(int port, String message) throws Exception {
		try (Socket socket = new Socket("localhost", port)) {
			socket.setSoTimeout(20_000);
			socket.getOutputStream().write((message + "\n").getBytes(StandardCharsets.US_ASCII));
			return String
				.valueOf(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
					.readLine());
		}
	}

	@Test
	void countsAndLogsThemAndGoesOn(CapturedOutput output) {
		this.runner.run((context) -> {
			int port = context.getBean(TcpServerEndpoint.class).port();
			UncaughtErrors errors = context.getBean(UncaughtErrors.class);
			assertThat(send(port, "overflow")).isEqualTo("null");
			await().until(() -> errors.count() == 1);
			assertThat(this.registry.get(GestaltMeter.UNCAUGHT.meterName()).functionCounter().count()).isOne();
			assertThat(context.getBean(Witness.class).seen).singleElement()
				.satisfies((event) -> assertThat(event.error()).isInstanceOf(StackOverflowError.class));
			assertThat(output).contains("Endpoint 'orders' met an error that nobody handles");
			assertThat(send(port, "hello")).isEqualTo("hello");
			assertThat(context.getSourceApplicationContext().isActive()).isTrue();
		});
	}

	@Test
	void whatAPeerOrTheNetworkDoesIsNone() {
		this.runner.withPropertyValues("gestalt.tcp.server.orders.limits.max-frame-size=10B").run((context) -> {
			int port = context.getBean(TcpServerEndpoint.class).port();
			assertThat(send(port, "much too long for a frame of this endpoint")).isEqualTo("null");
			Socket socket = new Socket("localhost", port);
			socket.setSoLinger(true, 0);
			socket.getOutputStream().write(1);
			socket.close();
			await().until(() -> context.getBean(TcpServerEndpoint.class).peers().isEmpty());
			assertThat(context.getBean(UncaughtErrors.class).count()).isZero();
		});
	}

	@Test
	void aTaskThatFailsIsReported(CapturedOutput output) {
		this.runner.run((context) -> {
			UncaughtErrors errors = context.getBean(UncaughtErrors.class);
			errors.watched(() -> {
				throw new IllegalStateException("Failed task");
			}).run();
			assertThat(errors.count()).isOne();
			assertThat(output).contains("met an error that nobody handles", "Failed task");
		});
	}

	@Test
	void anotherWordThanLogOrExitStopsTheStart() {
		this.runner.withPropertyValues("gestalt.uncaught=ignore")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.hasMessageContaining("Uncaught.ignore"));
	}

	static class Witness {

		private final List<EndpointEvent.Uncaught> seen = new CopyOnWriteArrayList<>();

		@EventListener
		void see(EndpointEvent.Uncaught event) {
			this.seen.add(event);
		}

	}

}
