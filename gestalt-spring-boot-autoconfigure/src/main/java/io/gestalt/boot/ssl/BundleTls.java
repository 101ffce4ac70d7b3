package io.gestalt.boot.ssl;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

import io.gestalt.boot.properties.PropertyLayers;
import io.gestalt.boot.support.InvalidPropertyException;
import io.gestalt.boot.properties.SslProperties;
import io.gestalt.transport.tcp.TlsSettings;
import io.netty.handler.ssl.ClientAuth;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * Makes TLS settings of SSL bundles. When a bundle is reloaded, later connections use
 * what it holds then.
 */
public final class BundleTls {

	private static final String ANYBODY = "*";

	private static final Logger logger = LoggerFactory.getLogger(BundleTls.class);

	private final SslBundles bundles;

	private final PlaintextPolicy plaintext;

	public BundleTls(SslBundles bundles, PlaintextPolicy plaintext) {
		this.bundles = bundles;
		this.plaintext = plaintext;
	}

	/**
	 * The TLS settings of an endpoint that listens.
	 * @param properties those of the endpoint
	 * @param address where it listens
	 * @return the settings, {@code null} for plaintext
	 * @throws InvalidPropertyException if there is no such bundle, or plaintext is
	 * forbidden
	 */
	public @Nullable TlsSettings listening(PropertyLayers properties, InetSocketAddress address) {
		TlsSettings settings = settings(properties);
		if (settings == null) {
			this.plaintext.check(properties, address,
					"Set '%s.ssl.bundle' to a bundle under 'spring.ssl.bundle'.".formatted(properties.prefix()));
		}
		return settings;
	}

	/**
	 * The TLS settings that the properties of an endpoint ask for.
	 * @return the settings, {@code null} for plaintext
	 * @throws InvalidPropertyException if there is no such bundle
	 */
	public @Nullable TlsSettings settings(PropertyLayers properties) {
		String name = properties.find((from) -> from.ssl().bundle());
		if (name == null || name.isBlank()) {
			rejectWithoutBundle(properties);
			return null;
		}
		requireBundle(name, properties);
		ReloadableContext context = new ReloadableContext(name);
		this.bundles.addBundleUpdateHandler(name, context);
		// Read only now: a reload that nobody listened for would be lost.
		SslBundle bundle = this.bundles.getBundle(name);
		context.begin(bundle);
		return new TlsSettings(context, clientAuth(properties.get((from) -> from.ssl().clientAuth())),
				list(bundle.getOptions().getCiphers()), list(bundle.getOptions().getEnabledProtocols()),
				properties.get((from) -> from.ssl().verifyHost()));
	}

	/**
	 * Whom a server lets in.
	 * @param properties those of the server
	 * @param rules one of which must hold for the name in a client's certificate;
	 * {@code null}, or {@code *} alone, for everybody
	 * @throws InvalidPropertyException if a rule is none, or clients need no certificate
	 */
	public Predicate<@Nullable Principal> allowed(PropertyLayers properties, @Nullable List<String> rules) {
		if (rules == null || rules.equals(List.of(ANYBODY))) {
			return (principal) -> true;
		}
		String property = properties.prefix() + ".security.allow";
		if (rules.isEmpty()) {
			throw new InvalidPropertyException(property, rules, "no rule is left that could let anybody in",
					List.of("Write a rule such as 'CN=fleet-*', or '*' for whoever comes."));
		}
		if (properties.find((from) -> from.ssl().bundle()) == null
				|| properties.get((from) -> from.ssl().clientAuth()) != SslProperties.ClientAuth.NEED) {
			throw new InvalidPropertyException(property, rules, "clients need no certificate which could name them",
					List.of("Set '%1$s.ssl.client-auth' to 'need', and '%1$s.ssl.bundle'."
						.formatted(properties.prefix())));
		}
		try {
			return new PrincipalRules(rules);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidPropertyException(property, rules, String.valueOf(ex.getMessage()),
					List.of("Write a rule such as 'CN=fleet-*' or 'CN=fleet-*,O=Example'."));
		}
	}

	private void requireBundle(String name, PropertyLayers properties) {
		try {
			this.bundles.getBundle(name);
		}
		catch (NoSuchSslBundleException ex) {
			throw properties.invalid("ssl.bundle", (from) -> from.ssl().bundle(),
					"there is no such bundle, there are %s".formatted(this.bundles.getBundleNames()),
					"Configure it under 'spring.ssl.bundle.pem.%s' or 'spring.ssl.bundle.jks.%s'.".formatted(name,
							name));
		}
	}

	private static void rejectWithoutBundle(PropertyLayers properties) {
		SslProperties.ClientAuth wanted = properties.own().ssl().clientAuth();
		if (wanted != null && wanted != SslProperties.ClientAuth.NONE) {
			throw properties.invalid("ssl.client-auth", (from) -> from.ssl().clientAuth(),
					"there is no TLS, because no bundle is named",
					"Set '%s.ssl.bundle' to a bundle under 'spring.ssl.bundle'.".formatted(properties.prefix()));
		}
	}

	private static @Nullable List<String> list(String @Nullable [] values) {
		return (values != null) ? Arrays.asList(values) : null;
	}

	private static ClientAuth clientAuth(SslProperties.ClientAuth wanted) {
		return switch (wanted) {
			case NONE -> ClientAuth.NONE;
			case WANT -> ClientAuth.OPTIONAL;
			case NEED -> ClientAuth.REQUIRE;
		};
	}

	private static final class ReloadableContext implements Supplier<SSLContext>, Consumer<SslBundle> {

		private final String bundle;

		private final AtomicReference<@Nullable SSLContext> current = new AtomicReference<>();

		private ReloadableContext(String bundle) {
			this.bundle = bundle;
		}

		/** Uses a bundle unless a newer one has come already. */
		void begin(SslBundle initial) {
			this.current.compareAndSet(null, initial.createSslContext());
		}

		@Override
		public SSLContext get() {
			return Objects.requireNonNull(this.current.get());
		}

		@Override
		public void accept(SslBundle updated) {
			try {
				this.current.set(updated.createSslContext());
			}
			catch (RuntimeException ex) {
				logger.error("SSL bundle '{}' was reloaded but cannot be used, the one before it stays in use",
						this.bundle, ex);
			}
		}

	}

}
