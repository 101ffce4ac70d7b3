package io.gestalt.boot.lifecycle;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.endpoint.GestaltEndpoints;
import io.gestalt.boot.tcp.TcpAutoConfiguration;
import io.gestalt.boot.udp.UdpAutoConfiguration;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.endpoint.udp.UdpEndpoint;
import io.gestalt.message.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class LifecycleAutoConfigurationTests {

	private static final int GRACEFUL_SHUTDOWN_OF_WEB_SERVER = SmartLifecycle.DEFAULT_PHASE - 1024;

	private static final int STOP_OF_WEB_SERVER = SmartLifecycle.DEFAULT_PHASE - 2048;

	private final ApplicationContextRunner withoutExecutor = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, CodecAutoConfiguration.class,
				EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class, TcpAutoConfiguration.class,
				UdpAutoConfiguration.class));

	private final ApplicationContextRunner runner = this.withoutExecutor
		.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class));

	@Test
	void serversStopBeforeTheWebServerAndClientsAfterIt() {
		this.runner.run((context) -> {
			assertThat(context.getBean("gestaltServerLifecycle", EndpointLifecycle.class).getPhase())
				.isGreaterThan(GRACEFUL_SHUTDOWN_OF_WEB_SERVER);
			assertThat(context.getBean("gestaltClientLifecycle", EndpointLifecycle.class).getPhase())
				.isLessThan(STOP_OF_WEB_SERVER);
		});
	}

	@Test
	void isNotReadyBeforeTheFirstEndpointStopsAndReportsAfterTheLast(CapturedOutput output) {
		Probe probe = new Probe();
		this.runner.withBean(Probe.class, () -> probe)
			.withPropertyValues("gestalt.tcp.server.orders.port=0", "gestalt.udp.client.beacon.target=localhost:9",
					"gestalt.tcp.server.closed.port=0", "gestalt.tcp.server.closed.auto-startup=false")
			.run((context) -> {
				context.getBean("beacon", Endpoint.class).stop(Duration.ofSeconds(1));
				context.getBean("beacon", Endpoint.class).start();
				assertThat(output).doesNotContain("endpoints stopped within");
				probe.seen.clear();
			});
		assertThat(probe.seen).hasSize(4).startsWith(ReadinessState.REFUSING_TRAFFIC, "orders", "beacon");
		assertThat(probe.seen.get(3)).isInstanceOfSatisfying(ShutdownReport.class, (report) -> {
			assertThat(report.endpoints()).containsOnlyKeys("orders", "beacon");
			assertThat(report.abandoned()).isZero();
		});
		assertThat(output).containsOnlyOnce("2 endpoints stopped within");
	}

	/** Keeps what it is told, in order. */
	static class Probe {

		private final List<Object> seen = Collections.synchronizedList(new ArrayList<>());

		@EventListener
		void on(AvailabilityChangeEvent<ReadinessState> event) {
			this.seen.add(event.getState());
		}

		@EventListener
		void on(EndpointEvent.Stopped event) {
			this.seen.add(event.endpoint());
		}

		@EventListener
		void on(ShutdownReport report) {
			this.seen.add(report);
		}

	}

	@Test
	void aServerThatCannotBindClosesTheOnesBefore() throws Exception {
		int free = freePort();
		try (ServerSocket taken = new ServerSocket(0)) {
			this.runner
				.withPropertyValues("gestalt.tcp.server.a.port=" + free,
						"gestalt.tcp.server.b.port=" + taken.getLocalPort())
				.run((context) -> assertThat(context).hasFailed());
			assertThat(canBeBound(free)).isTrue();
			assertThat(threads("gestalt-keep-alive")).isZero();
		}
	}

	@Test
	void anEndpointWithoutAutoStartupOpensWhenItIsToldTo() {
		this.runner
			.withPropertyValues("gestalt.tcp.server.orders.port=0", "gestalt.defaults.auto-startup=false",
					"gestalt.udp.server.telemetry.port=0", "gestalt.udp.server.telemetry.auto-startup=true")
			.run((context) -> {
				TcpServerEndpoint orders = context.getBean(TcpServerEndpoint.class);
				assertThat(orders.running()).isFalse();
				assertThat(context.getBean(UdpEndpoint.class).port()).isPositive();
				orders.start();
				assertThat(orders.port()).isPositive();
			});
	}

	@Test
	void theListenersAutoStartupWinsOverTheEndpoints() {
		this.runner.withPropertyValues("gestalt.tcp.server.orders.port=0", "gestalt.listener.orders.auto-startup=false")
			.run((context) -> assertThat(context.getBean(Endpoint.class).running()).isFalse());
	}

	@Test
	void whatWasAcceptedIsHandledBeforeTheApplicationStops(CapturedOutput output) {
		CountDownLatch entered = new CountDownLatch(1);
		CountDownLatch proceed = new CountDownLatch(1);
		TcpServerEndpoint[] server = new TcpServerEndpoint[1];
		this.runner
			.withPropertyValues("gestalt.tcp.server.orders.port=0", "gestalt.tcp.server.orders.auto-startup=false",
					"gestalt.tcp.server.orders.framing.type=line")
			.run((context) -> {
				server[0] = context.getBean(TcpServerEndpoint.class);
				context.getBean(GestaltEndpoints.class)
					.get("orders")
					.listen(Listener.of(Object.class, (payload, message) -> {
						entered.countDown();
						return proceed.await(20, TimeUnit.SECONDS) ? null : "late";
					}));
				server[0].start();
				int port = server[0].port();
				Socket socket = new Socket("localhost", port);
				socket.getOutputStream().write("1\n2\n3\n".getBytes(StandardCharsets.US_ASCII));
				assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
				new Thread(() -> {
					await().until(() -> canBeBound(port));
					proceed.countDown();
				}).start();
			});
		assertThat(server[0].counters().get(Counter.HANDLED)).isEqualTo(3);
		assertThat(output)
			.containsPattern("Endpoint 'orders' stopped within \\d+ ms: 3 handled, 0 abandoned, 0 dropped");
	}

	@Test
	void theGracePeriodEnds() {
		assertThatAStuckHandlerIsAbandoned(this.withoutExecutor);
	}

	@Test
	void theApplicationDoesNotWaitForWhatIsStuckEither() {
		assertThatAStuckHandlerIsAbandoned(this.runner);
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void norDoesItWithVirtualThreads() {
		assertThatAStuckHandlerIsAbandoned(this.runner.withPropertyValues("spring.threads.virtual.enabled=true"));
	}

	private static void assertThatAStuckHandlerIsAbandoned(ApplicationContextRunner application) {
		CountDownLatch entered = new CountDownLatch(1);
		AtomicBoolean stuck = new AtomicBoolean(true);
		AtomicLong closing = new AtomicLong();
		TcpServerEndpoint[] server = new TcpServerEndpoint[1];
		application
			.withPropertyValues("gestalt.tcp.server.orders.port=0", "gestalt.tcp.server.orders.auto-startup=false",
					"gestalt.tcp.server.orders.framing.type=line", "gestalt.shutdown.grace-period=100ms")
			.run((context) -> {
				server[0] = context.getBean(TcpServerEndpoint.class);
				server[0].listen(Listener.of(Object.class, (payload, message) -> {
					entered.countDown();
					while (stuck.get()) {
						LockSupport.parkNanos(1_000_000);
					}
					return null;
				}));
				server[0].start();
				new Socket("localhost", server[0].port()).getOutputStream()
					.write("1\n2\n".getBytes(StandardCharsets.US_ASCII));
				assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
				closing.set(System.nanoTime());
			});
		assertThat(Duration.ofNanos(System.nanoTime() - closing.get())).isBetween(Duration.ofMillis(80),
				Duration.ofSeconds(5));
		assertThat(stuck.getAndSet(false)).isTrue();
		assertThat(server[0].running()).isFalse();
	}

	@Test
	void oneLineSaysWhatIsOpen(CapturedOutput output) {
		this.runner
			.withPropertyValues("gestalt.tcp.server.orders.port=0", "gestalt.tcp.server.orders.address=127.0.0.1",
					"gestalt.tcp.client.rates.target=localhost:1", "gestalt.udp.client.telemetry.target=localhost:9")
			.run((context) -> assertThat(output)
				.containsPattern("Endpoint 'orders' listens on 127.0.0.1:\\d+: length-prefixed, json, messages up to "
						+ "1MB, 10000 connections")
				.contains(
						"Endpoint 'rates' connects to localhost:1: length-prefixed, json, messages up to 1MB, failover",
						"Endpoint 'telemetry' sends to localhost:9: stream, json, messages up to 1MB, UDP"));
	}

	@Test
	void theApplicationStaysAliveWhileAnEndpointIsOpen() {
		this.runner.withPropertyValues("gestalt.tcp.server.orders.port=0").run((context) -> {
			assertThat(threads("gestalt-keep-alive")).isOne();
			context.getBean(Endpoint.class).stop(Duration.ZERO);
			await().until(() -> threads("gestalt-keep-alive") == 0);
		});
	}

	@Test
	void keepAliveCanBeTurnedOff() {
		this.runner.withPropertyValues("gestalt.tcp.server.orders.port=0", "spring.main.keep-alive=false")
			.run((context) -> assertThat(threads("gestalt-keep-alive")).isZero());
	}

	private static long threads(String prefix) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.isAlive() && thread.getName().startsWith(prefix))
			.count();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	private static boolean canBeBound(int port) {
		try (ServerSocket socket = new ServerSocket()) {
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(port));
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
