package io.gestalt.boot.ssl;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.jks.JksSslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreDetails;

/** Key stores made by the JDK's keytool, and one trust store that trusts them all. */
final class TestKeys {

	static final String PASSWORD = "secret";

	private final Path directory;

	TestKeys(Path directory) {
		this.directory = directory;
	}

	void create(String name, String commonName, String host) throws Exception {
		List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", name, "-dname", "CN=" + commonName, "-ext", "san=dns:" + host, "-keyalg", "EC",
				"-storetype", "PKCS12", "-keystore", store(name).toString(), "-storepass", PASSWORD);
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		if (process.waitFor() != 0) {
			throw new IllegalStateException("keytool failed");
		}
	}

	void trust(String... names) throws Exception {
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		for (String name : names) {
			trusted.setCertificateEntry(name, load(name).getCertificate(name));
		}
		try (OutputStream out = Files.newOutputStream(store("trust"))) {
			trusted.store(out, PASSWORD.toCharArray());
		}
	}

	private KeyStore load(String name) throws Exception {
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(store(name))) {
			keys.load(in, PASSWORD.toCharArray());
		}
		return keys;
	}

	/** The certificate in a file of its own. */
	Path certificate(String name) throws Exception {
		return pem(name + ".crt", "CERTIFICATE", load(name).getCertificate(name).getEncoded());
	}

	/** The private key in a file of its own. */
	Path key(String name) throws Exception {
		return pem(name + ".key", "PRIVATE KEY", load(name).getKey(name, PASSWORD.toCharArray()).getEncoded());
	}

	private Path pem(String file, String what, byte[] encoded) throws Exception {
		return Files.writeString(this.directory.resolve(file), "-----BEGIN %s-----%n%s%n-----END %s-----%n"
			.formatted(what, Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(encoded), what));
	}

	/** The properties of a bundle of one of the key stores and the trust store. */
	String[] bundle(String name, String keys) {
		String prefix = "spring.ssl.bundle.jks." + name;
		return new String[] { prefix + ".keystore.location=file:" + store(keys), prefix + ".keystore.type=PKCS12",
				prefix + ".keystore.password=" + PASSWORD, prefix + ".truststore.location=file:" + store("trust"),
				prefix + ".truststore.type=PKCS12", prefix + ".truststore.password=" + PASSWORD };
	}

	SslBundle bundle(String keys) {
		return SslBundle.of(new JksSslStoreBundle(details(keys), details("trust")));
	}

	private JksSslStoreDetails details(String name) {
		return new JksSslStoreDetails("PKCS12", null, "file:" + store(name), PASSWORD);
	}

	private Path store(String name) {
		return this.directory.resolve(name + ".p12");
	}

}
