package io.gestalt.boot.actuate;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.gestalt.boot.TestEndpoints;
import io.gestalt.boot.actuate.OperatedApplication.Order;
import io.gestalt.boot.actuate.OperatedApplication.Receipt;
import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class WireLogTests {

	private static final String[] SERVER = { "gestalt.tcp.server.orders.port=0",
			"gestalt.tcp.server.orders.address=127.0.0.1" };

	private static final String PAYLOADS = "management.endpoint.gestalt.wire-log.show-payloads=true";

	@Test
	void writesWhatPassesOnOldAndNewConnectionsUntilItsTimeIsOver(CapturedOutput output) throws Exception {
		try (OperatedApplication application = OperatedApplication.open(SERVER[0], SERVER[1]);
				TestEndpoints remote = new TestEndpoints()) {
			TcpServerEndpoint server = application.bean("orders", TcpServerEndpoint.class);
			TcpClientEndpoint before = remote.openClient(server);
			ask(before, "A1");
			assertThat(wire(output)).isEmpty();
			assertThat(application.post("orders", "{'operation': 'wire-log', 'duration': '2s'}").statusCode())
				.isEqualTo(200);
			ask(before, "A2");
			ask(remote.openClient(server), "A3");
			String peer = "[0-9a-f]{10} at /127\\.0\\.0\\.1:\\d+";
			await().untilAsserted(() -> assertThat(wire(output)).hasSize(4));
			assertThat(wire(output).get(0)).matches("Endpoint 'orders' <- %s, 15 bytes".formatted(peer));
			assertThat(wire(output).get(1)).matches("Endpoint 'orders' -> %s, 15 bytes".formatted(peer));
			assertThat(output).doesNotContain("A2");
			await().untilAsserted(() -> assertThat(output).contains("does not log its wire any more, after 4 lines"));
			ask(before, "A4");
			assertThat(wire(output)).hasSize(4);
		}
	}

	@Test
	void writesBytesOnOneShortLineIfTheyAreToBeShown(CapturedOutput output) throws Exception {
		try (OperatedApplication application = OperatedApplication.open(SERVER[0], SERVER[1], PAYLOADS,
				"management.endpoint.gestalt.wire-log.max-length=18"); TestEndpoints remote = new TestEndpoints()) {
			TcpClientEndpoint client = remote.openClient(application.bean("orders", TcpServerEndpoint.class));
			application.post("orders", "{'operation': 'wire-log', 'duration': 30}");
			ask(client, "A\\nB");
			ask(client, "much more than fits");
			await().untilAsserted(() -> assertThat(wire(output)).hasSize(4));
			assertThat(wire(output).get(0)).endsWith("18 bytes: \\x00\\x00\\x00\\x0e{\"id\":\"A\\\\\\\\nB\"}");
			assertThat(wire(output).get(2)).endsWith("\\x00\\x00\\x00\\x1c{\"id\":\"much mo …");
			application.post("orders", "{'operation': 'wire-log', 'duration': '0s'}");
			ask(client, "A3");
			assertThat(wire(output)).hasSize(4);
		}
	}

	@Test
	void endsWhenItIsFull(CapturedOutput output) throws Exception {
		try (OperatedApplication application = OperatedApplication.open(SERVER[0], SERVER[1],
				"management.endpoint.gestalt.wire-log.max-lines=3"); TestEndpoints remote = new TestEndpoints()) {
			TcpClientEndpoint client = remote.openClient(application.bean("orders", TcpServerEndpoint.class));
			application.post("orders", "{'operation': 'wire-log', 'duration': '30s'}");
			ask(client, "A1");
			ask(client, "A2");
			ask(client, "A3");
			await().untilAsserted(() -> assertThat(output).contains("has filled its wire log of 3 lines"));
			assertThat(wire(output)).hasSize(2);
		}
	}

	@Test
	void showsDatagrams(CapturedOutput output) throws Exception {
		try (OperatedApplication application = OperatedApplication.open("gestalt.udp.server.orders.port=0",
				"gestalt.udp.server.orders.address=127.0.0.1", PAYLOADS); UdpProbe probe = new UdpProbe(application)) {
			application.post("orders", "{'operation': 'wire-log', 'duration': '30s'}");
			probe.send("{\"id\":\"U1\"}");
			assertThat(probe.receive()).isEqualTo("{\"id\":\"U1\"}");
			await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(wire(output)).hasSize(2));
			assertThat(wire(output).get(0))
				.isEqualTo("Endpoint 'orders' <- /127.0.0.1:%d, 11 bytes: {\"id\":\"U1\"}".formatted(probe.port()));
		}
	}

	@Test
	void eachLogThatIsBegunEndsHoweverManyBeginOneAtTheSameTime(CapturedOutput output) throws Exception {
		try (OperatedApplication application = OperatedApplication.open(SERVER[0], SERVER[1])) {
			CompletableFuture<?>[] users = IntStream.range(0, 16).mapToObj((user) -> CompletableFuture.runAsync(() -> {
				for (int i = 0; i < 50; i++) {
					application.post("orders", "{'operation': 'wire-log', 'duration': '30s'}");
				}
			}, (task) -> new Thread(task).start())).toArray(CompletableFuture[]::new);
			CompletableFuture.allOf(users).join();
			application.post("orders", "{'operation': 'wire-log', 'duration': '0s'}");
			assertThat(output.getOut().lines().filter((line) -> line.contains("logs its wire for 30 s"))).hasSize(800);
			assertThat(output.getOut().lines().filter((line) -> line.contains("does not log its wire any more")))
				.hasSize(800);
		}
	}

	private static void ask(TcpClientEndpoint client, String id) throws Exception {
		assertThat(client.request(new Order(id), Receipt.class).get()).isEqualTo(new Receipt(id));
	}

	private static List<String> wire(CapturedOutput output) {
		return output.getOut()
			.lines()
			.filter((line) -> line.contains(" <- ") || line.contains(" -> "))
			.map((line) -> line.substring(line.indexOf("Endpoint '")))
			.toList();
	}

}
