package io.gestalt.harness;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key for {@code 127.0.0.1} that trusts itself, made anew by the JDK's keytool. */
public final class SelfSigned {

	private static final char[] PASSWORD = "changeit".toCharArray();

	private SelfSigned() {
	}

	public static SSLContext context() throws IOException, InterruptedException, GeneralSecurityException {
		Path store = Files.createTempDirectory(Path.of("target"), "tls").resolve("key.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "key", "-keyalg", "EC", "-dname", "CN=localhost", "-ext",
				"SAN=ip:127.0.0.1,dns:localhost", "-validity", "2", "-storetype", "PKCS12", "-storepass",
				new String(PASSWORD), "-keystore", store.toString())
			.inheritIO()
			.start();
		if (keytool.waitFor() != 0) {
			throw new IOException("keytool failed with %d".formatted(keytool.exitValue()));
		}
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(store)) {
			keys.load(in, PASSWORD);
		}
		KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		own.init(keys, PASSWORD);
		TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trusted.init(keys);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
		return context;
	}

}
