package io.gestalt.endpoint;

import java.net.ServerSocket;
import java.time.Duration;

import javax.net.ssl.SSLContext;

import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.transport.CloseReason;
import io.gestalt.transport.tcp.TcpOptions;
import io.gestalt.transport.tcp.TlsSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.gestalt.endpoint.TestEndpoints.ECHO;
import static io.gestalt.endpoint.TestEndpoints.settings;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class TlsRefusalTests {

	@RegisterExtension
	final TestEndpoints endpoints = new TestEndpoints();

	private final EventLog serverEvents = new EventLog();

	private final EventLog events = new EventLog();

	@Test
	void aServerThatNeverAnswersTheHandshakeCostsTheConnectTimeoutOnly() throws Exception {
		try (ServerSocket silent = new ServerSocket(0)) {
			TcpOptions options = TcpOptions.DEFAULT.tls(tls(Certificates.trusted().anonymous()))
				.connectTimeout(Duration.ofMillis(300));
			TcpClientEndpoint client = this.endpoints.client(settings("client", null).observer(this.events), options,
					silent.getLocalPort());
			EndpointEvent.ConnectFailed failed = this.events.await(EndpointEvent.ConnectFailed.class);
			assertThat(failed.cause()).hasMessageContaining("handshake timed out after 300ms");
			assertThat(client.peers()).isEmpty();
		}
	}

	@Test
	void aPeerThatSpeaksNoTlsIsRefused() throws Exception {
		TcpServerEndpoint server = this.endpoints.server(settings("server", ECHO).observer(this.serverEvents),
				TcpOptions.DEFAULT.tls(tls(Certificates.trusted().server())));
		TcpClientEndpoint plain = this.endpoints.client(settings("client", null).observer(this.events), server.port());
		plain.send("hello");
		assertThat(this.serverEvents.await(EndpointEvent.HandshakeFailed.class).cause())
			.hasStackTraceContaining("not an SSL/TLS record");
		assertThat(this.events.await(EndpointEvent.PeerDisconnected.class).reason()).isIn(CloseReason.PEER_CLOSED,
				CloseReason.MALFORMED, CloseReason.FAILED);
	}

	private static TlsSettings tls(SSLContext context) {
		return new TlsSettings(() -> context);
	}

}
