package io.gestalt.boot.metrics;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.boot.annotation.ListenerAutoConfiguration;
import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.boot.lifecycle.ShutdownReport;
import io.gestalt.boot.tcp.TcpAutoConfiguration;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class LifecycleMetersTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final Clerk clerk = new Clerk(this.registry, new ConcurrentHashMap<>(), new CountDownLatch(1));

	@Test
	void showWhatBecameOfTheLastMessages() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
					CodecAutoConfiguration.class, EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class,
					ListenerAutoConfiguration.class, TcpAutoConfiguration.class,
					org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration.class,
					CompositeMeterRegistryAutoConfiguration.class, MetricsAutoConfiguration.class))
			.withBean(MeterRegistry.class, () -> this.registry, (definition) -> definition.setDestroyMethodName(""))
			.withBean(Clerk.class, () -> this.clerk)
			.withPropertyValues("gestalt.tcp.server.orders.port=0", "gestalt.tcp.server.orders.framing.type=line",
					"gestalt.defaults.codec.serializer=text", "gestalt.shutdown.grace-period=200ms")
			.run((context) -> {
				this.clerk.look();
				assertThat(this.clerk.seen).containsEntry("abandoned", 0.0).containsEntry("time", 0.0);
				Socket socket = new Socket("localhost", context.getBean(TcpServerEndpoint.class).port());
				socket.getOutputStream().write("1\n".getBytes(StandardCharsets.US_ASCII));
				assertThat(this.clerk.begun.await(20, TimeUnit.SECONDS)).isTrue();
			});
		assertThat(this.clerk.seen).containsEntry("handled", 0.0)
			.containsEntry("abandoned", 1.0)
			.containsEntry("returned", 0.0)
			.containsEntry("dropped", 0.0);
		assertThat(this.clerk.seen.get("time")).isBetween(0.15, 20.0);
	}

	/** Needs longer than there is, and looks at the meters last. */
	record Clerk(MeterRegistry registry, Map<String, Double> seen, CountDownLatch begun) {

		@GestaltListener("orders")
		void order(String text) {
			this.begun.countDown();
			long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
			while (System.nanoTime() < end) {
				LockSupport.parkNanos(end - System.nanoTime());
			}
		}

		@EventListener
		@Order(Ordered.LOWEST_PRECEDENCE)
		void stopped(ShutdownReport report) {
			look();
		}

		void look() {
			this.registry.get(GestaltMeter.SHUTDOWN.meterName())
				.tag("endpoint", "orders")
				.functionCounters()
				.forEach(
						(counter) -> this.seen.put(String.valueOf(counter.getId().getTag("outcome")), counter.count()));
			this.seen.put("time", this.registry.get(GestaltMeter.SHUTDOWN_TIME.meterName()).gauge().value());
		}

	}

}
