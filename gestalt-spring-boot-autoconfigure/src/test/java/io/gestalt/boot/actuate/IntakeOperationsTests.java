package io.gestalt.boot.actuate;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import io.gestalt.boot.TestEndpoints;
import io.gestalt.boot.actuate.OperatedApplication.Order;
import io.gestalt.boot.actuate.OperatedApplication.Orders;
import io.gestalt.boot.actuate.OperatedApplication.Receipt;
import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class IntakeOperationsTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final String[] SERVER = { "gestalt.tcp.server.orders.port=0",
			"gestalt.tcp.server.orders.address=127.0.0.1" };

	@Test
	void changesHowManyHandlersRunAtTheSameTime() throws Exception {
		try (OperatedApplication application = OperatedApplication.of(WithDesk.class, SERVER);
				TestEndpoints remote = new TestEndpoints()) {
			Desk desk = application.bean(Desk.class);
			assertThat(concurrency(application, 1).statusCode()).isEqualTo(200);
			List<CompletableFuture<Receipt>> replies = new ArrayList<>();
			for (int i = 0; i < 6; i++) {
				TcpClientEndpoint client = remote.openClient(application.bean("orders", TcpServerEndpoint.class));
				replies.add(client.request(new Order("A" + i), Receipt.class));
			}
			awaitRunning(desk, 1);
			concurrency(application, 3);
			awaitRunning(desk, 3);
			concurrency(application, 2);
			desk.leave.release();
			awaitRunning(desk, 2);
			concurrency(application, 0);
			awaitRunning(desk, 5);
			desk.leave.release(100);
			for (CompletableFuture<Receipt> reply : replies) {
				reply.get();
			}
			assertThat(concurrency(application, -1).statusCode()).isEqualTo(400);
		}
	}

	private static HttpResponse<String> concurrency(OperatedApplication application, int limit) {
		return application.post("orders", "{'operation': 'concurrency', 'concurrency': %d}".formatted(limit));
	}

	private static void awaitRunning(Desk desk, int count) {
		await().atMost(SOON).during(Duration.ofMillis(100)).until(() -> desk.running.get() == count);
	}

	@Test
	void handlersOnTheEventLoopAreNotCounted() {
		try (OperatedApplication application = OperatedApplication.open(SERVER[0], SERVER[1],
				"gestalt.listener.orders.execution=event-loop")) {
			HttpResponse<String> response = concurrency(application, 2);
			assertThat(response.statusCode()).isEqualTo(400);
			assertThat(response.body()).contains("runs its handlers on the event loops");
		}
	}

	@Test
	void aPausedServerStopsWithinItsGracePeriodAndStartsUnpaused() throws Exception {
		try (OperatedApplication application = OperatedApplication.open(SERVER);
				TestEndpoints remote = new TestEndpoints()) {
			TcpServerEndpoint server = application.bean("orders", TcpServerEndpoint.class);
			remote.openClient(server).request(new Order("A1"), Receipt.class).get();
			application.post("orders", "{'operation': 'pause'}");
			assertThat(application.post("orders", "{'operation': 'stop'}").body()).contains("\"state\":\"stopped\"");
			assertThat(application.post("orders", "{'operation': 'pause'}").body()).contains("is not running");
			application.post("orders", "{'operation': 'start'}");
			assertThat(application.state("orders")).isEqualTo("listening");
			remote.openClient(server).request(new Order("A2"), Receipt.class).get();
			assertThat(application.bean(Orders.class).handled).containsExactly("A1", "A2");
		}
	}

	@Test
	void aPausedPeerIsNotIdle() throws Exception {
		try (OperatedApplication application = OperatedApplication.open(SERVER[0], SERVER[1],
				"gestalt.tcp.server.orders.idle-timeout=300ms"); TestEndpoints remote = new TestEndpoints()) {
			TcpClientEndpoint client = remote.openClient(application.bean("orders", TcpServerEndpoint.class));
			client.request(new Order("A1"), Receipt.class).get();
			application.post("orders", "{'operation': 'pause'}");
			CompletableFuture<Receipt> reply = client.request(new Order("A2"), Receipt.class);
			await().during(Duration.ofSeconds(1)).atMost(SOON).until(() -> !reply.isDone());
			application.post("orders", "{'operation': 'resume'}");
			assertThat(reply.get()).isEqualTo(new Receipt("A2"));
		}
	}

	@Test
	void aPausedClientStillGetsRepliesToItsRequests() throws Exception {
		try (TestEndpoints remote = new TestEndpoints()) {
			TcpServerEndpoint server = remote.openServer(Listener.of(Order.class,
					(order, context) -> order.id().startsWith("R") ? new Receipt(order.id()) : null));
			try (OperatedApplication application = OperatedApplication
				.open("gestalt.tcp.client.orders.target=127.0.0.1:" + server.port())) {
				TcpClientEndpoint client = application.bean("orders", TcpClientEndpoint.class);
				client.whenConnected().get();
				assertThat(application.post("orders", "{'operation': 'pause'}").body())
					.contains("\"state\":\"paused\"");
				server.send(new Order("P1"));
				await().during(Duration.ofMillis(300))
					.atMost(SOON)
					.until(() -> application.bean(Orders.class).handled.isEmpty());
				application.post("orders", "{'operation': 'resume'}");
				await().atMost(SOON).until(() -> application.bean(Orders.class).handled.equals(List.of("P1")));
				application.post("orders", "{'operation': 'pause'}");
				assertThat(client.request(new Order("R1"), Receipt.class).get()).isEqualTo(new Receipt("R1"));
				assertThat(application.state("orders")).isEqualTo("paused");
			}
		}
	}

	@Test
	void aPausedUdpServerAnswersWhatTheSystemHasKept() throws Exception {
		try (OperatedApplication application = OperatedApplication.open("gestalt.udp.server.orders.port=0",
				"gestalt.udp.server.orders.address=127.0.0.1"); UdpProbe probe = new UdpProbe(application)) {
			probe.send("{\"id\":\"U1\"}");
			assertThat(probe.receive()).isEqualTo("{\"id\":\"U1\"}");
			assertThat(application.post("orders", "{'operation': 'pause'}").body()).contains("\"state\":\"paused\"");
			probe.send("{\"id\":\"U2\"}");
			assertThat(probe.receive(300)).isNull();
			application.post("orders", "{'operation': 'resume'}");
			assertThat(probe.receive()).isEqualTo("{\"id\":\"U2\"}");
			assertThat(application.state("orders")).isEqualTo("listening");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class WithDesk {

		@Bean
		Desk desk() {
			return new Desk();
		}

	}

	/** Keeps everybody who comes. */
	static class Desk {

		final Semaphore leave = new Semaphore(0);

		final AtomicInteger running = new AtomicInteger();

		@GestaltListener("orders")
		Receipt place(Order order) throws InterruptedException {
			this.running.incrementAndGet();
			this.leave.acquire();
			this.running.decrementAndGet();
			return new Receipt(order.id());
		}

	}

}
