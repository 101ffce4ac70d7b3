package io.gestalt.boot.lifecycle;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.tcp.TcpAutoConfiguration;
import io.gestalt.boot.udp.UdpAutoConfiguration;
import io.gestalt.endpoint.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Starts and stops applications again and again, as tests and development tools do. */
@Timeout(120)
class ManyContextsTests {

	private static final int WARM_UP = 20;

	private static final int CONTEXTS = 200;

	private static final long BYTES_PER_CONTEXT = 20 * 1024;

	private final List<WeakReference<Object>> remains = new ArrayList<>();

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
				CodecAutoConfiguration.class, EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class,
				TcpAutoConfiguration.class, UdpAutoConfiguration.class))
		.withPropertyValues("gestalt.tcp.server.orders.port=0", "gestalt.udp.server.telemetry.port=0",
				"gestalt.udp.client.out.target=localhost:9", "gestalt.tcp.client.rates.target=localhost:1");

	@Test
	void leaveNothingBehind() {
		run(this.application, WARM_UP);
		long descriptors = descriptors();
		long heap = heap();
		run(this.application, CONTEXTS);
		await().untilAsserted(() -> assertThat(threads()).isEmpty());
		await().untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(descriptors + 20));
		await().untilAsserted(() -> assertThat(heap() - heap).isLessThan(CONTEXTS * BYTES_PER_CONTEXT));
	}

	private void run(ApplicationContextRunner runner, int times) {
		for (int i = 0; i < times; i++) {
			runner.run((context) -> {
				assertThat(context).hasNotFailed();
				this.remains.add(new WeakReference<>(context.getSourceApplicationContext()));
				context.getBeansOfType(Endpoint.class)
					.values()
					.forEach((endpoint) -> this.remains.add(new WeakReference<>(endpoint)));
			});
		}
	}

	private long heap() {
		collectGarbage();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	/** Fails if a context or an endpoint is still held by something. */
	private void collectGarbage() {
		await().pollInSameThread().untilAsserted(() -> {
			System.gc();
			this.remains.removeIf((remains) -> remains.refersTo(null));
			assertThat(this.remains).isEmpty();
		});
	}

	/** How many files and sockets are open, 0 where the system does not tell. */
	private static long descriptors() {
		String[] open = new File("/proc/self/fd").list();
		return (open != null) ? open.length : 0;
	}

	private static List<String> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter(Thread::isAlive)
			.map(Thread::getName)
			.filter((name) -> name.startsWith("gestalt"))
			.toList();
	}

}
