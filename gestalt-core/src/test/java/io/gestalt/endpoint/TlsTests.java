package io.gestalt.endpoint;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.security.auth.x500.X500Principal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.connect.Reconnect;
import io.gestalt.endpoint.connect.TargetPolicy;
import io.gestalt.endpoint.connect.Targets;
import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.message.Counter;
import io.gestalt.transport.queue.OnFull;
import io.gestalt.transport.queue.QueueLimits;
import io.gestalt.transport.tcp.TcpOptions;
import io.gestalt.transport.tcp.TlsSettings;
import io.netty.handler.ssl.ClientAuth;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

import static io.gestalt.endpoint.TestEndpoints.ECHO;
import static io.gestalt.endpoint.TestEndpoints.GRACE;
import static io.gestalt.endpoint.TestEndpoints.await;
import static io.gestalt.endpoint.TestEndpoints.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class TlsTests {

	private static final Reconnect SELDOM = new Reconnect(Duration.ofMinutes(1), 1, Duration.ofMinutes(1), false);

	@RegisterExtension
	final TestEndpoints endpoints = new TestEndpoints();

	private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

	private final EventLog serverEvents = new EventLog();

	private final EventLog clientEvents = new EventLog();

	@BeforeEach
	void listenToTheLog() {
		this.logged.start();
		logger().addAppender(this.logged);
	}

	@AfterEach
	void leaveTheLog() {
		logger().detachAppender(this.logged);
	}

	@Test
	void aServerShowsItsCertificate() throws Exception {
		TcpServerEndpoint server = server(ECHO, tls(Certificates.trusted().server()));
		TcpClientEndpoint client = client(server, tls(Certificates.trusted().anonymous()));
		assertThat(client.request("secret", String.class).get(10, TimeUnit.SECONDS)).isEqualTo("secret");
		assertThat(client.whenConnected().join().principal()).isEqualTo(new X500Principal("CN=server,O=Gestalt"));
		assertThat(server.peers().iterator().next().principal()).isNull();
	}

	@Test
	void theHandlerSeesWhoTheClientIs() throws Exception {
		BlockingQueue<Principal> principals = new LinkedBlockingQueue<>();
		TcpServerEndpoint server = server(Listener.of(String.class, (payload, context) -> {
			principals.add(context.peer().principal());
			return payload;
		}), tls(Certificates.trusted().server(), ClientAuth.REQUIRE));
		TcpClientEndpoint client = client(server, tls(Certificates.trusted().client("alice")));
		assertThat(client.request("hi", String.class).get(10, TimeUnit.SECONDS)).isEqualTo("hi");
		assertThat(principals.poll(10, TimeUnit.SECONDS)).isEqualTo(new X500Principal("CN=alice,O=Gestalt"));
	}

	@Test
	void aClientWithoutTheNeededCertificateIsRefused() {
		TcpServerEndpoint server = server(ECHO, tls(Certificates.trusted().server(), ClientAuth.REQUIRE));
		TcpClientEndpoint client = client(server, tls(Certificates.trusted().anonymous()));
		CompletableFuture<String> reply = client.request("hi", String.class, Duration.ofMillis(500));
		EndpointEvent.HandshakeFailed failed = this.serverEvents.await(EndpointEvent.HandshakeFailed.class);
		assertThat(failed.cause()).isNotNull();
		assertThat(((InetSocketAddress) failed.address()).getAddress().isLoopbackAddress()).isTrue();
		assertThat(server.peers()).isEmpty();
		assertThat(this.serverEvents.all(EndpointEvent.PeerConnected.class)).isEmpty();
		assertThat(reply).failsWithin(GRACE);
		assertThat(server.counters().get(Counter.TLS_FAILED)).isEqualTo(1);
		assertThat(server.counters().get(Counter.CONNECTED)).isZero();
	}

	@Test
	void whatIsNoTlsIsNotLoggedAtLength() throws Exception {
		TcpServerEndpoint server = server(ECHO, tls(Certificates.trusted().server()));
		try (Socket garbage = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
			garbage.getOutputStream().write(new byte[10_000]);
			this.serverEvents.await(EndpointEvent.HandshakeFailed.class);
		}
		assertThat(warnings("server")).singleElement().asString().hasSizeLessThan(400);
	}

	@Test
	void aWantedCertificateMayBeMissing() throws Exception {
		TcpServerEndpoint server = server(Listener.of(String.class, (payload, context) -> {
			Principal principal = context.peer().principal();
			return (principal != null) ? principal.getName() : "nobody";
		}), tls(Certificates.trusted().server(), ClientAuth.OPTIONAL));
		TcpClientEndpoint without = client(server, tls(Certificates.trusted().anonymous()));
		assertThat(without.request("who", String.class).get(10, TimeUnit.SECONDS)).isEqualTo("nobody");
		TcpClientEndpoint with = client(server, tls(Certificates.trusted().client("alice")));
		assertThat(with.request("who", String.class).get(10, TimeUnit.SECONDS)).isEqualTo("CN=alice,O=Gestalt");
	}

	@Test
	void aCertificateForAnotherHostIsRefusedInOneLine() {
		TcpServerEndpoint server = server(ECHO, tls(Certificates.trusted().serverOfAnotherHost()));
		TcpClientEndpoint client = client(server, tls(Certificates.trusted().anonymous()));
		EndpointEvent.HandshakeFailed failed = this.clientEvents.await(EndpointEvent.HandshakeFailed.class);
		this.clientEvents.await(EndpointEvent.ConnectFailed.class);
		assertThat(failed.endpoint()).isEqualTo("client");
		assertThat(failed.cause())
			.hasRootCauseMessage("No subject alternative names matching IP address 127.0.0.1 found");
		assertThat(warnings("client")).singleElement()
			.asString()
			.isEqualTo("Endpoint 'client' could not agree on TLS with 127.0.0.1:%d: ".formatted(server.port())
					+ "No subject alternative names matching IP address 127.0.0.1 found");
		assertThat(this.clientEvents.kinds()).containsExactly("Started", "HandshakeFailed", "ConnectFailed");
		assertThat(client.counters().get(Counter.TLS_FAILED)).isEqualTo(1);
		assertThat(client.counters().get(Counter.CONNECT_FAILED)).isEqualTo(1);
		this.serverEvents.await(EndpointEvent.HandshakeFailed.class);
		assertThat(warnings("server")).hasSize(1);
		assertThat(warnings("")).filteredOn((message) -> message.startsWith("Endpoint")).hasSize(2);
	}

	@Test
	void aClientThatDoesNotVerifyTheHostAcceptsAnother() throws Exception {
		TcpServerEndpoint server = server(ECHO, tls(Certificates.trusted().serverOfAnotherHost()));
		SSLContext context = Certificates.trusted().anonymous();
		TcpClientEndpoint client = client(server, new TlsSettings(() -> context, ClientAuth.NONE, null, null, false));
		assertThat(client.request("hi", String.class).get(10, TimeUnit.SECONDS)).isEqualTo("hi");
	}

	@Test
	void anUnknownAuthorityIsRefused() {
		TcpServerEndpoint server = server(ECHO, tls(Certificates.foreign().server()));
		TcpClientEndpoint client = client(server, tls(Certificates.trusted().anonymous()));
		EndpointEvent.HandshakeFailed failed = this.clientEvents.await(EndpointEvent.HandshakeFailed.class);
		assertThat(failed.cause()).hasStackTraceContaining("unable to find valid certification path");
		assertThat(client.peers()).isEmpty();
		assertThat(client.whenConnected()).isNotDone();
	}

	@Test
	void aReloadedCertificateServesNewConnections() throws Exception {
		AtomicReference<SSLContext> serverContext = new AtomicReference<>(Certificates.trusted().server());
		AtomicReference<SSLContext> clientContext = new AtomicReference<>(Certificates.trusted().anonymous());
		TcpServerEndpoint server = server(ECHO, new TlsSettings(serverContext::get));
		TcpClientEndpoint old = client(server, new TlsSettings(clientContext::get));
		assertThat(old.request("one", String.class).get(10, TimeUnit.SECONDS)).isEqualTo("one");
		serverContext.set(Certificates.foreign().server());
		clientContext.set(Certificates.foreign().anonymous());
		TcpClientEndpoint later = client(server, new TlsSettings(clientContext::get));
		assertThat(later.request("two", String.class).get(10, TimeUnit.SECONDS)).isEqualTo("two");
		assertThat(old.request("three", String.class).get(10, TimeUnit.SECONDS)).isEqualTo("three");
		assertThat(old.counters().get(Counter.CONNECTED)).isEqualTo(1);
		TcpClientEndpoint outdated = client(server, tls(Certificates.trusted().anonymous()));
		await("the outdated client to fail", () -> outdated.counters().get(Counter.TLS_FAILED) == 1);
	}

	@Test
	void bigMessagesPassWhileTheHandlerIsSlow() throws Exception {
		CompletableFuture<String> go = new CompletableFuture<>();
		TcpServerEndpoint server = this.endpoints.server(
				settings("server", Listener.of(String.class, (payload, context) -> go.thenApply((any) -> payload)))
					.queue(new QueueLimits(2, 1_000_000, OnFull.BLOCK, GRACE)),
				TcpOptions.DEFAULT.tls(tls(Certificates.trusted().server())));
		TcpClientEndpoint client = client(server, tls(Certificates.trusted().anonymous()));
		List<CompletableFuture<String>> replies = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			replies.add(client.request(i + "x".repeat(2_000_000), String.class, Duration.ofSeconds(30)));
		}
		await("the first to arrive", () -> server.counters().get(Counter.RECEIVED) > 0);
		assertThat(server.counters().get(Counter.RECEIVED)).isLessThan(10);
		go.complete("go");
		for (int i = 0; i < 20; i++) {
			assertThat(replies.get(i).get(30, TimeUnit.SECONDS)).startsWith(i + "x").endsWith("x");
		}
	}

	@Test
	void aPeerIsAnnouncedOnlyAfterItsHandshake() throws Exception {
		TcpServerEndpoint server = server(ECHO, tls(Certificates.trusted().server()));
		SSLContext context = Certificates.trusted().anonymous();
		try (Socket plain = new Socket("127.0.0.1", server.port());
				SSLSocket secure = (SSLSocket) context.getSocketFactory()
					.createSocket(plain, "localhost", server.port(), true)) {
			TcpClientEndpoint other = client(server, tls(context));
			other.request("later", String.class).get(10, TimeUnit.SECONDS);
			assertThat(this.serverEvents.all(EndpointEvent.PeerConnected.class)).hasSize(1);
			secure.startHandshake();
			this.serverEvents.awaitCount(EndpointEvent.PeerConnected.class, 2);
			EndpointEvent.PeerConnected connected = this.serverEvents.all(EndpointEvent.PeerConnected.class).get(1);
			assertThat(((InetSocketAddress) connected.peer().address()).getPort()).isEqualTo(plain.getLocalPort());
		}
	}

	@Test
	void aHandshakeThatComesAfterTheStopIsRefused() throws Exception {
		TcpServerEndpoint server = server(ECHO, tls(Certificates.trusted().server()));
		SSLContext context = Certificates.trusted().anonymous();
		try (Socket plain = new Socket("127.0.0.1", server.port());
				SSLSocket secure = (SSLSocket) context.getSocketFactory()
					.createSocket(plain, "localhost", server.port(), true)) {
			client(server, tls(context)).request("later", String.class).get(10, TimeUnit.SECONDS);
			plain.setSoTimeout(5000);
			server.stop(GRACE);
			assertThatThrownBy(() -> {
				secure.startHandshake();
				if (secure.getInputStream().read() == -1) {
					throw new EOFException("closed");
				}
			}).isInstanceOf(IOException.class).isNotInstanceOf(SocketTimeoutException.class);
			assertThat(this.serverEvents.kinds()).endsWith("Stopped");
			assertThat(server.peers()).isEmpty();
		}
	}

	@Test
	void stopEndsAHandshakeThatIsUnderWay() throws Exception {
		try (ServerSocket silent = new ServerSocket(0)) {
			TcpClientEndpoint client = this.endpoints.client(settings("client", null).observer(this.clientEvents),
					TcpOptions.DEFAULT.tls(tls(Certificates.trusted().anonymous())), silent.getLocalPort());
			try (Socket accepted = silent.accept()) {
				accepted.setSoTimeout(10_000);
				assertThat(accepted.getInputStream().read()).isPositive();
				client.stop(GRACE);
				byte[] rest = accepted.getInputStream().readAllBytes();
				assertThat(rest).isNotEmpty();
			}
			assertThat(this.clientEvents.kinds()).containsExactly("Started", "Stopped");
			assertThat(warnings("client")).isEmpty();
		}
	}

	private TcpServerEndpoint server(Listener listener, TlsSettings tls) {
		return this.endpoints.server(settings("server", listener).observer(this.serverEvents),
				TcpOptions.DEFAULT.tls(tls));
	}

	private TcpClientEndpoint client(TcpServerEndpoint server, TlsSettings tls) {
		Targets targets = new Targets(TestEndpoints.addresses(server.port()), TargetPolicy.FAILOVER, SELDOM);
		return this.endpoints.start(this.endpoints.newClient(settings("client", null).observer(this.clientEvents),
				TcpOptions.DEFAULT.tls(tls), targets));
	}

	private static TlsSettings tls(SSLContext context) {
		return new TlsSettings(() -> context);
	}

	private static TlsSettings tls(SSLContext context, ClientAuth clientAuth) {
		return new TlsSettings(() -> context, clientAuth, null, null, true);
	}

	private List<String> warnings(String endpoint) {
		return List.copyOf(this.logged.list)
			.stream()
			.filter((event) -> event.getLevel().isGreaterOrEqual(Level.WARN))
			.map(ILoggingEvent::getFormattedMessage)
			.filter((message) -> message.contains("'" + endpoint) || endpoint.isEmpty())
			.toList();
	}

	private static Logger logger() {
		return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
	}

}
