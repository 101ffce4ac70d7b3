package io.gestalt.boot.actuate;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import com.jayway.jsonpath.DocumentContext;
import io.gestalt.boot.TestEndpoints;
import io.gestalt.boot.actuate.OperatedApplication.Order;
import io.gestalt.boot.actuate.OperatedApplication.Orders;
import io.gestalt.boot.actuate.OperatedApplication.Receipt;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.message.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class GestaltEndpointTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final String SERVER = "gestalt.tcp.server.orders.port=0";

	private static final String LOCAL = "gestalt.tcp.server.orders.address=127.0.0.1";

	private static final String SHOWN = "management.endpoint.gestalt.show-values=always";

	@Test
	void showsEndpointsWithTheirListenersAndPeers() throws Exception {
		try (OperatedApplication application = OperatedApplication.open(SERVER, LOCAL, SHOWN);
				TestEndpoints remote = new TestEndpoints()) {
			TcpServerEndpoint server = application.bean("orders", TcpServerEndpoint.class);
			TcpClientEndpoint client = remote.openClient(server);
			assertThat(client.request(new Order("A1"), Receipt.class).get()).isEqualTo(new Receipt("A1"));
			await().until(() -> server.counters().get(Counter.HANDLED) == 1);
			DocumentContext graph = application.read("");
			assertThat(graph.<String>read("$.endpoints.orders.kind")).isEqualTo("tcp-server");
			assertThat(graph.<String>read("$.endpoints.orders.state")).isEqualTo("listening");
			assertThat(graph.<String>read("$.endpoints.orders.description"))
				.isEqualTo("length-prefixed, json, messages up to 1MB, 10000 connections");
			assertThat(graph.<List<String>>read("$.endpoints.orders.where"))
				.containsExactly("127.0.0.1:" + server.port());
			assertThat(graph.<Map<String, Object>>read("$.endpoints.orders.listener"))
				.containsEntry("execution", "worker")
				.containsEntry("ordering", "peer")
				.containsEntry("replies", true);
			assertThat(graph.<List<Map<String, Object>>>read("$.endpoints.orders.listener.handlers")).containsExactly(
					Map.of("payload", Order.class.getName(), "method", "OperatedApplication.Orders.place(Order)"));
			assertThat(graph.<Integer>read("$.endpoints.orders.peers.count")).isEqualTo(1);
			assertThat(graph.<String>read("$.endpoints.orders.peers.shown[0].id")).matches("[0-9a-f]{10}");
			assertThat(graph.<String>read("$.endpoints.orders.peers.shown[0].address")).startsWith("127.0.0.1:");
			assertThat(graph.<Map<String, Object>>read("$.endpoints.orders.counters")).containsEntry("received", 1)
				.containsEntry("handled", 1);
			assertThat(graph.<Map<String, Object>>read("$.endpoints.orders.queue")).containsEntry("capacity", 10_000)
				.containsEntry("maxBytes", 67_108_864)
				.containsEntry("onFull", "block");
		}
	}

	@Test
	void showsRatesSinceAnEarlierRead() throws Exception {
		try (OperatedApplication application = OperatedApplication.open(SERVER, LOCAL);
				TestEndpoints remote = new TestEndpoints()) {
			assertThat(application.get("/gestalt/orders").body()).doesNotContain("rates");
			TcpClientEndpoint client = remote.openClient(application.bean("orders", TcpServerEndpoint.class));
			client.request(new Order("A1"), Receipt.class).get();
			DocumentContext node = application.read("/orders");
			double seconds = node.read("$.rates.seconds", Double.class);
			assertThat(node.read("$.rates.perSecond.received", Double.class) * seconds).isBetween(0.9, 1.1);
		}
	}

	@Test
	void hidesPlacesAndPeersUnlessTheyAreToBeShown() throws Exception {
		try (OperatedApplication application = OperatedApplication.open(SERVER, LOCAL,
				"gestalt.tcp.client.rates.target=db.example.invalid:7000");
				TestEndpoints remote = new TestEndpoints()) {
			remote.openClient(application.bean("orders", TcpServerEndpoint.class)).whenConnected().get();
			await().atMost(SOON)
				.until(() -> application.read("/rates").read("$.lastError", String.class) != null
						&& application.read("/orders").read("$.peers.count", Integer.class) == 1);
			String graph = application.get("/gestalt").body();
			assertThat(graph).doesNotContain("127.0.0.1", "example").contains("******");
			assertThat(application.get("/gestalt?format=mermaid").body()).doesNotContain("127.0.0.1", "example");
		}
	}

	@Test
	void hidesWhyAnOperationFailed() throws Exception {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			String[] properties = { "gestalt.tcp.server.orders.port=" + taken.getLocalPort(), LOCAL,
					"gestalt.tcp.server.orders.auto-startup=false" };
			try (OperatedApplication application = OperatedApplication.open(properties)) {
				HttpResponse<String> response = application.post("orders", "{'operation': 'start'}");
				assertThat(response.statusCode()).isEqualTo(400);
				assertThat(response.body()).contains("Endpoint 'orders' refuses 'start': ******")
					.doesNotContain("127.0.0.1", "in use");
			}
			try (OperatedApplication application = OperatedApplication.open(properties[0], properties[1], properties[2],
					SHOWN)) {
				assertThat(application.post("orders", "{'operation': 'start'}").body()).contains("127.0.0.1", "in use");
			}
		}
	}

	@Test
	void drawsTheGraph() {
		try (OperatedApplication application = OperatedApplication.open(SERVER, LOCAL, SHOWN,
				"gestalt.tcp.client.rates.target=localhost:1")) {
			HttpResponse<String> response = application.get("/gestalt?format=mermaid");
			assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
			int port = application.bean("orders", TcpServerEndpoint.class).port();
			assertThat(response.body()).isEqualTo("""
					flowchart LR
						n0["orders<br/>tcp-server: listening"]
						n1(["127.0.0.1:%d"])
						n1 --> n0
						n2[["OperatedApplication.Orders.place(Order)"]]
						n0 --> n2
						n3["rates<br/>tcp-client: connecting"]
						n4(["connects to localhost:1"])
						n3 --> n4
					""".formatted(port));
			assertThat(application.get("/gestalt/rates?format=mermaid").body()).contains("rates")
				.doesNotContain("orders");
		}
	}

	@Test
	void startsAndStopsAnEndpoint() throws Exception {
		try (OperatedApplication application = OperatedApplication.open(SERVER, LOCAL);
				TestEndpoints remote = new TestEndpoints()) {
			Endpoint endpoint = application.bean("orders", Endpoint.class);
			assertThat(application.readiness()).isEqualTo(200);
			HttpResponse<String> stopped = application.post("orders", "{'operation': 'stop'}");
			assertThat(stopped.statusCode()).isEqualTo(200);
			assertThat(stopped.body()).contains("\"state\":\"stopped\"", "\"abandoned\":0", "\"handled\":0");
			assertThat(endpoint.running()).isFalse();
			assertThat(application.readiness()).isEqualTo(503);
			assertThat(application.post("orders", "{'operation': 'start'}").body()).contains("\"state\":\"listening\"");
			assertThat(application.readiness()).isEqualTo(200);
			TcpClientEndpoint client = remote.openClient(application.bean("orders", TcpServerEndpoint.class));
			assertThat(client.request(new Order("A1"), Receipt.class).get()).isEqualTo(new Receipt("A1"));
		}
	}

	@Test
	void saysWhyAnEndpointCannotStart() throws Exception {
		try (TestEndpoints remote = new TestEndpoints()) {
			int taken = remote.openServer(Listener.of(String.class, (payload, context) -> null)).port();
			try (OperatedApplication application = OperatedApplication.open(LOCAL, SHOWN,
					"gestalt.tcp.server.orders.auto-startup=false", "gestalt.tcp.server.orders.port=" + taken)) {
				HttpResponse<String> response = application.post("orders", "{'operation': 'start'}");
				assertThat(response.statusCode()).isEqualTo(400);
				assertThat(response.body()).contains("cannot bind 127.0.0.1:" + taken).contains("in use");
				assertThat(application.state("orders")).isEqualTo("stopped");
			}
		}
	}

	@Test
	void aPausedServerMakesItsPeersWait() throws Exception {
		try (OperatedApplication application = OperatedApplication.open(SERVER, LOCAL);
				TestEndpoints remote = new TestEndpoints()) {
			TcpClientEndpoint client = remote.openClient(application.bean("orders", TcpServerEndpoint.class));
			client.request(new Order("A1"), Receipt.class).get();
			assertThat(application.post("orders", "{'operation': 'pause'}").body()).contains("\"state\":\"paused\"");
			assertThat(application.readiness()).isEqualTo(503);
			CompletableFuture<Receipt> reply = client.request(new Order("A2"), Receipt.class);
			TcpClientEndpoint late = remote.openClient(application.bean("orders", TcpServerEndpoint.class));
			CompletableFuture<Receipt> lateReply = late.request(new Order("A3"), Receipt.class);
			await().during(Duration.ofMillis(300))
				.atMost(SOON)
				.until(() -> application.bean(Orders.class).handled.equals(List.of("A1")));
			assertThat(reply).isNotDone();
			assertThat(application.post("orders", "{'operation': 'resume'}").body())
				.contains("\"state\":\"listening\"");
			assertThat(reply.get()).isEqualTo(new Receipt("A2"));
			assertThat(lateReply.get()).isEqualTo(new Receipt("A3"));
			assertThat(application.readiness()).isEqualTo(200);
		}
	}

	@Test
	void disconnectsAPeer() throws Exception {
		try (OperatedApplication application = OperatedApplication.open(SERVER, LOCAL);
				TestEndpoints remote = new TestEndpoints()) {
			TcpServerEndpoint server = application.bean("orders", TcpServerEndpoint.class);
			remote.openClient(server).whenConnected().get();
			await().atMost(SOON).until(() -> server.peers().size() == 1);
			String id = application.read("/orders").read("$.peers.shown[0].id");
			assertThat(
					application.post("orders", "{'operation': 'disconnect', 'peer': '%s'}".formatted(id)).statusCode())
				.isEqualTo(200);
			await().atMost(SOON).until(() -> server.peers().stream().noneMatch((peer) -> peer.id().equals(id)));
			HttpResponse<String> again = application.post("orders",
					"{'operation': 'disconnect', 'peer': '%s'}".formatted(id));
			assertThat(again.statusCode()).isEqualTo(400);
			assertThat(again.body()).contains("has no peer '%s'".formatted(id), "action");
		}
	}

	@Test
	void namesThatNobodyBearsAreNotFound() {
		try (OperatedApplication application = OperatedApplication.open(SERVER)) {
			assertThat(application.get("/gestalt/order").statusCode()).isEqualTo(404);
			assertThat(application.get("/gestalt/order").body()).contains("Did you mean 'orders'?");
			assertThat(application.post("nobody", "{'operation': 'stop'}").statusCode()).isEqualTo(404);
		}
	}

	@Test
	void refusesWhatItDoesNotUnderstand() {
		try (OperatedApplication application = OperatedApplication.open(SERVER,
				"gestalt.tcp.client.rates.target=localhost:1")) {
			assertRefused(application, "orders", "{}", "No operation is named");
			assertRefused(application, "orders", "{'operation': 'stopp'}", "Did you mean 'stop'?");
			assertRefused(application, "orders", "{'operation': 'concurrency', 'concurrency': 'many'}", "'many'");
			assertRefused(application, "orders", "{'operation': 'wire-log', 'duration': 'long'}", "'30s'");
			assertRefused(application, "orders", "{'operation': 'wire-log'}", "There is no duration");
			assertRefused(application, "orders", "{'operation': 'concurrency'}", "There is no concurrency");
			assertRefused(application, "orders", "{'operation': 'wire-log', 'duration': '1h'}", "limit of 600 s");
			assertRefused(application, "orders", "{'operation': 'disconnect'}", "No peer is named");
			assertRefused(application, "rates", "{'operation': 'pause'}", "no listener");
			assertThat(application.get("/gestalt?format=svg").statusCode()).isEqualTo(400);
		}
	}

	@Test
	void operatesOtherNodesUnderTheirNames() {
		try (OperatedApplication application = OperatedApplication.of(WithBells.class, SERVER)) {
			assertThat(application.read("").<String>read("$.bells.door.sound")).isEqualTo("ding");
			assertThat(application.read("/door").<String>read("$.sound")).isEqualTo("ding");
			assertThat(application.post("door", "{'operation': 'ring', 'duration': '2s'}").body())
				.isEqualTo("{\"name\":\"door\",\"operation\":\"ring\",\"rang\":\"2s\"}");
			assertRefused(application, "door", "{'operation': 'pause'}", "A bell only rings");
		}
	}

	private static void assertRefused(OperatedApplication application, String endpoint, String body, String text) {
		HttpResponse<String> response = application.post(endpoint, body);
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains(text, "\"error\"", "\"action\"");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class WithBells {

		@Bean
		OperableNodes bells() {
			return new Bells();
		}

	}

	private static final class Bells implements OperableNodes {

		@Override
		public String section() {
			return "bells";
		}

		@Override
		public Set<String> names() {
			return Set.of("door");
		}

		@Override
		public Object node(String name, ShownValues values) {
			return Map.of("sound", "ding");
		}

		@Override
		public Map<String, ?> operate(String name, String operation, Map<String, String> arguments) {
			if (!operation.equals("ring")) {
				throw new OperationRefusedException("A bell only rings", "Send 'ring'.");
			}
			return Map.of("rang", arguments.get("duration"));
		}

	}

}
