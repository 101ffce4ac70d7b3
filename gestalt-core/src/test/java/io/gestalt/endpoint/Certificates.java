package io.gestalt.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate authority and what it has signed, made by the JDK's own tool, once for
 * each build.
 */
final class Certificates {

	private static final String PASSWORD = "secret";

	private static final Path DIRECTORY = Path.of("target", "test-tls").toAbsolutePath();

	private static final Certificates TRUSTED = new Certificates("ca");

	private static final Certificates FOREIGN = new Certificates("foreign-ca");

	private final String authority;

	private Certificates(String authority) {
		this.authority = authority;
	}

	/** The authority that tests trust. */
	static Certificates trusted() {
		return TRUSTED;
	}

	/** An authority that nobody knows. */
	static Certificates foreign() {
		return FOREIGN;
	}

	/** Keys for {@code localhost} and {@code 127.0.0.1}, trust in the authority. */
	SSLContext server() {
		return context("server", "SAN=dns:localhost,ip:127.0.0.1", this);
	}

	/** Keys for another host. */
	SSLContext serverOfAnotherHost() {
		return context("other", "SAN=dns:other.example", this);
	}

	/** Keys that show who the client is. */
	SSLContext client(String name) {
		return context(name, "EKU=clientAuth", TRUSTED);
	}

	/** No keys, trust in the authority. */
	SSLContext anonymous() {
		return context(null, null, this);
	}

	private static synchronized SSLContext context(String name, String extension, Certificates trust) {
		try {
			KeyManagerFactory keys = null;
			if (name != null) {
				keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
				keys.init(load(trust.signed(name, extension)), PASSWORD.toCharArray());
			}
			TrustManagerFactory trusts = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			trusts.init(load(trust.trust()));
			SSLContext context = SSLContext.getInstance("TLS");
			context.init((keys != null) ? keys.getKeyManagers() : null, trusts.getTrustManagers(), null);
			return context;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static KeyStore load(Path file) throws GeneralSecurityException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(file)) {
			store.load(in, PASSWORD.toCharArray());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return store;
	}

	private Path authority() {
		Path file = DIRECTORY.resolve(this.authority + ".p12");
		if (!Files.exists(file)) {
			pair(file, "CN=" + this.authority, "bc:c=ca:true");
		}
		return file;
	}

	private Path trust() {
		Path file = DIRECTORY.resolve(this.authority + "-trust.p12");
		if (!Files.exists(file)) {
			Path certificate = DIRECTORY.resolve(this.authority + ".cer");
			keytool(authority(), "-exportcert", "-alias", "key", "-file", certificate.toString());
			keytool(file, "-importcert", "-noprompt", "-alias", "ca", "-file", certificate.toString());
		}
		return file;
	}

	private Path signed(String name, String extension) {
		Path file = DIRECTORY.resolve(this.authority + "-" + name + ".p12");
		if (Files.exists(file)) {
			return file;
		}
		Path draft = DIRECTORY.resolve(this.authority + "-" + name + "-draft.p12");
		Path certificate = DIRECTORY.resolve(this.authority + ".cer");
		Path request = DIRECTORY.resolve(name + ".csr");
		Path reply = DIRECTORY.resolve(name + ".cer");
		trust();
		pair(draft, "CN=" + name + ",O=Gestalt", extension);
		keytool(draft, "-certreq", "-alias", "key", "-file", request.toString());
		keytool(authority(), "-gencert", "-alias", "key", "-infile", request.toString(), "-outfile", reply.toString(),
				"-ext", extension, "-validity", "30");
		keytool(draft, "-importcert", "-noprompt", "-alias", "ca", "-file", certificate.toString());
		keytool(draft, "-importcert", "-noprompt", "-alias", "key", "-file", reply.toString());
		try {
			return Files.move(draft, file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void pair(Path file, String subject, String extension) {
		keytool(file, "-genkeypair", "-alias", "key", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", subject,
				"-ext", extension, "-validity", "30");
	}

	private static void keytool(Path store, String command, String... arguments) {
		List<String> line = new ArrayList<>();
		line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
		line.add(command);
		line.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
		line.addAll(List.of(arguments));
		try {
			Files.createDirectories(DIRECTORY);
			Process process = new ProcessBuilder(line).redirectErrorStream(true)
				.redirectOutput(DIRECTORY.resolve("keytool.log").toFile())
				.start();
			if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
				throw new IllegalStateException(
						line + " failed: " + Files.readString(DIRECTORY.resolve("keytool.log")));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
