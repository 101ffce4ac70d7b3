package io.gestalt.boot.endpoint;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.boot.tcp.TcpAutoConfiguration;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.RequestTimeoutException;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.message.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a user reads when a connection does not come about. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class ConnectionLogTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, CodecAutoConfiguration.class,
				EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class, TcpAutoConfiguration.class));

	@Test
	void aServerThatIsNotThereIsMentionedOnceUntilItIs(CapturedOutput output) throws Exception {
		int port = freePort();
		this.runner
			.withPropertyValues("gestalt.tcp.client.orders-client.target=localhost:" + port,
					"gestalt.defaults.reconnect.max-interval=100ms", "gestalt.defaults.request-timeout=300ms")
			.run((context) -> {
				Endpoint client = context.getBean(Endpoint.class);
				assertThat(client.request("?", String.class)).failsWithin(Duration.ofSeconds(10))
					.withThrowableThat()
					.withCauseInstanceOf(RequestTimeoutException.class)
					.withMessageContaining("Endpoint 'orders-client' could not send the request within");
				await().untilAsserted(() -> assertThat(output).contains("'orders-client' cannot connect to "));
				long failures = client.counters().get(Counter.CONNECT_FAILED);
				await().until(() -> client.counters().get(Counter.CONNECT_FAILED) > failures + 2);
				assertThat(output.getOut().split("'orders-client' cannot connect to localhost:%d".formatted(port)))
					.hasSize(2);
				try (ServerSocket server = new ServerSocket(port)) {
					await()
						.untilAsserted(() -> assertThat(output).contains("Endpoint 'orders-client' is connected to "));
				}
			});
	}

	@Test
	void aPeerThatSendsNonsenseIsMentioned(CapturedOutput output) {
		this.runner
			.withPropertyValues("gestalt.tcp.server.orders.port=0", "gestalt.tcp.server.orders.framing.type=line",
					"gestalt.tcp.server.orders.auto-startup=false")
			.run((context) -> {
				TcpServerEndpoint server = context.getBean(TcpServerEndpoint.class);
				server.listen(Listener.of(Integer.class, (number, message) -> number));
				server.start();
				try (Socket socket = new Socket("localhost", server.port())) {
					socket.getOutputStream().write("\"one\"\n".getBytes(StandardCharsets.US_ASCII));
					await().untilAsserted(() -> assertThat(output).containsPattern(
							"Endpoint 'orders' closed the connection of peer \\w+ at \\S+, UNDECODABLE: "));
				}
			});
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
