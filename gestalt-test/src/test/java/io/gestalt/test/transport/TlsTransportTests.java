package io.gestalt.test.transport;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import io.gestalt.transport.tcp.TcpOptions;
import io.gestalt.transport.tcp.TlsSettings;
import org.junit.jupiter.api.BeforeAll;

import static org.assertj.core.api.Assertions.assertThat;

class TlsTransportTests extends TcpTransportTests {

	private static final char[] PASSWORD = "secret".toCharArray();

	private static SSLContext context;

	@BeforeAll
	static void makeCertificate() throws Exception {
		Path file = Path.of("target", "transport-tls.p12").toAbsolutePath();
		Files.deleteIfExists(file);
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "key", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "SAN=ip:127.0.0.1",
				"-keystore", file.toString(), "-storetype", "PKCS12", "-storepass", new String(PASSWORD))
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(file)) {
			store.load(in, PASSWORD);
		}
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store, PASSWORD);
		KeyStore trust = KeyStore.getInstance("PKCS12");
		trust.load(null, null);
		trust.setCertificateEntry("peer", store.getCertificate("key"));
		TrustManagerFactory trusts = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trusts.init(trust);
		context = SSLContext.getInstance("TLS");
		context.init(keys.getKeyManagers(), trusts.getTrustManagers(), null);
	}

	@Override
	TcpOptions options() {
		return TcpOptions.DEFAULT.tls(new TlsSettings(() -> context));
	}

}
