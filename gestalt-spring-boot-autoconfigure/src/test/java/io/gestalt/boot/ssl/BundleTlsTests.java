package io.gestalt.boot.ssl;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.endpoint.GestaltEndpoints;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.boot.tcp.TcpAutoConfiguration;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.endpoint.EndpointObserver;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.message.Counter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class BundleTlsTests {

	@TempDir
	private static Path directory;

	private static TestKeys keys;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, CodecAutoConfiguration.class,
				EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class, TcpAutoConfiguration.class));

	@BeforeAll
	static void createKeys() throws Exception {
		keys = new TestKeys(directory);
		keys.create("first", "first", "localhost");
		keys.create("second", "second", "localhost");
		keys.create("elsewhere", "elsewhere", "elsewhere.example");
		keys.create("robot", "robot", "robot.example");
		keys.create("stranger", "stranger", "localhost");
		keys.trust("first", "second", "elsewhere", "robot");
	}

	@Test
	void aClientKnowsTheServerAndTheServerKnowsTheClient() {
		server("first", "need").run((server) -> client(server, "robot").run((client) -> {
			assertThat(request(client)).isEqualTo("CN=robot");
			assertThat(client.getBean(Endpoint.class).peers().iterator().next().principal()).hasToString("CN=first");
		}));
	}

	@Test
	void aClientWithoutACertificateIsServedWhereItIsOnlyWanted() {
		server("first", "want").run((server) -> client(server, null).run((client) -> {
			assertThat(request(client)).isEqualTo("nobody");
		}));
	}

	@Test
	void aClientWithoutACertificateIsRefusedWhereItIsNeeded() {
		server("first", "need").run((server) -> client(server, null).run((client) -> {
			assertThat(server.getBean(HandshakeFailures.class).first.get(10, TimeUnit.SECONDS).cause()).isNotNull();
			assertThat(server.getBean(Endpoint.class).peers()).isEmpty();
		}));
	}

	@Test
	void aClientRefusesACertificateForAnotherHost() {
		server("elsewhere", "none").run((server) -> client(server, "robot").run((client) -> {
			assertThat(rootMessage(client)).contains("localhost");
			assertThat(client.getBean(Endpoint.class).counters().get(Counter.TLS_FAILED)).isPositive();
		}));
	}

	@Test
	void aClientAcceptsACertificateForAnotherHostIfToldNotToLook() {
		server("elsewhere", "none").run((server) -> client(server, "robot")
			.withPropertyValues("gestalt.tcp.client.whoami.ssl.verify-host=false")
			.run((client) -> assertThat(request(client)).isEqualTo("nobody")));
	}

	@Test
	void aClientRefusesACertificateThatItDoesNotTrust() {
		server("stranger", "none").run((server) -> client(server, "robot")
			.run((client) -> assertThat(rootMessage(client)).containsIgnoringCase("certification path")));
	}

	@Test
	void laterConnectionsOfAServerUseTheReloadedBundle() {
		server("first", "none").run((server) -> {
			assertThat(certificate(server)).isEqualTo("CN=first");
			server.getBean(SslBundleRegistry.class).updateBundle("tls", keys.bundle("second"));
			assertThat(certificate(server)).isEqualTo("CN=second");
		});
	}

	@Test
	void laterConnectionsOfAClientUseTheReloadedBundle() {
		server("first", "need").run((server) -> client(server, "robot").run((client) -> {
			assertThat(request(client)).isEqualTo("CN=robot");
			client.getBean(SslBundleRegistry.class).updateBundle("tls", keys.bundle("second"));
			client.getBean(Endpoint.class).peers().forEach((peer) -> peer.close());
			Endpoint endpoint = client.getBean(Endpoint.class);
			String answer = "CN=robot";
			while (answer.equals("CN=robot")) {
				endpoint.whenConnected().get(10, TimeUnit.SECONDS);
				answer = endpoint.request("", String.class)
					.exceptionally((lost) -> "CN=robot")
					.get(10, TimeUnit.SECONDS);
			}
			assertThat(answer).isEqualTo("CN=second");
		}));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aReloadIsNotMissedWhileTheServerIsMade(boolean before) {
		server("first", "none").withBean(BundleTls.class, () -> {
			DefaultSslBundleRegistry registry = new DefaultSslBundleRegistry("tls", keys.bundle("first"));
			return new BundleTls(new ReloadingBundles(registry, before, keys.bundle("second")),
					new PlaintextPolicy(false));
		}).run((server) -> assertThat(certificate(server)).isEqualTo("CN=second"));
	}

	@Test
	void protocolsAndCiphersComeFromTheBundle() {
		server("first", "none")
			.withPropertyValues("spring.ssl.bundle.jks.tls.options.enabled-protocols=TLSv1.2",
					"spring.ssl.bundle.jks.tls.options.ciphers=TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")
			.run((server) -> {
				try (SSLSocket socket = connect(server)) {
					assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
					assertThat(socket.getSession().getCipherSuite())
						.isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
				}
			});
	}

	private ApplicationContextRunner server(String serverKeys, String clientAuth) {
		return this.runner.withUserConfiguration(ServerConfiguration.class)
			.withPropertyValues(keys.bundle("tls", serverKeys))
			.withPropertyValues("gestalt.tcp.server.whoami.port=0", "gestalt.tcp.server.whoami.ssl.bundle=tls",
					"gestalt.tcp.server.whoami.ssl.client-auth=" + clientAuth);
	}

	private ApplicationContextRunner client(AssertableApplicationContext server, String clientKeys) {
		String[] bundle = keys.bundle("tls", (clientKeys != null) ? clientKeys : "robot");
		ApplicationContextRunner client = this.runner.withUserConfiguration(ClientConfiguration.class);
		for (String property : bundle) {
			client = (clientKeys != null || !property.contains(".keystore.")) ? client.withPropertyValues(property)
					: client;
		}
		return client.withPropertyValues("gestalt.tcp.client.whoami.target=localhost:" + port(server),
				"gestalt.tcp.client.whoami.ssl.bundle=tls",
				"gestalt.tcp.client.whoami.reconnect.initial-interval=10ms");
	}

	private static int port(AssertableApplicationContext server) {
		return server.getBean(TcpServerEndpoint.class).port();
	}

	private static String request(AssertableApplicationContext client) throws Exception {
		return client.getBean(Endpoint.class).request("", String.class).get(10, TimeUnit.SECONDS);
	}

	private static String rootMessage(AssertableApplicationContext client) throws Exception {
		Throwable root = Objects
			.requireNonNull(client.getBean(HandshakeFailures.class).first.get(10, TimeUnit.SECONDS).cause());
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return root.getMessage();
	}

	private static String certificate(AssertableApplicationContext server) throws Exception {
		try (SSLSocket socket = connect(server)) {
			X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
			return certificate.getSubjectX500Principal().toString();
		}
	}

	private static SSLSocket connect(AssertableApplicationContext server) throws Exception {
		SSLContext context = keys.bundle("robot").createSslContext();
		SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", port(server));
		socket.startHandshake();
		return socket;
	}

	/** Reloads a bundle just when somebody begins to listen for that. */
	private record ReloadingBundles(DefaultSslBundleRegistry registry, boolean before,
			SslBundle later) implements SslBundles {

		@Override
		public SslBundle getBundle(String name) {
			return this.registry.getBundle(name);
		}

		@Override
		public List<String> getBundleNames() {
			return this.registry.getBundleNames();
		}

		@Override
		public void addBundleUpdateHandler(String name, Consumer<SslBundle> handler) {
			if (this.before) {
				this.registry.updateBundle(name, this.later);
			}
			this.registry.addBundleUpdateHandler(name, handler);
			if (!this.before) {
				this.registry.updateBundle(name, this.later);
			}
		}

		@Override
		public void addBundleRegisterHandler(BiConsumer<String, SslBundle> handler) {
			this.registry.addBundleRegisterHandler(handler);
		}

	}

	static class HandshakeFailures implements EndpointObserver {

		private final CompletableFuture<EndpointEvent.HandshakeFailed> first = new CompletableFuture<>();

		@Override
		public void onEvent(EndpointEvent event) {
			if (event instanceof EndpointEvent.HandshakeFailed failed) {
				this.first.complete(failed);
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ClientConfiguration {

		@Bean
		HandshakeFailures handshakeFailures() {
			return new HandshakeFailures();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ServerConfiguration extends ClientConfiguration {

		@Bean
		SmartInitializingSingleton whoAmI(GestaltEndpoints endpoints) {
			return () -> endpoints.get("whoami")
				.listen(Listener.of(String.class, (payload, context) -> (context.peer().principal() != null)
						? context.peer().principal().toString() : "nobody"));
		}

	}

}
