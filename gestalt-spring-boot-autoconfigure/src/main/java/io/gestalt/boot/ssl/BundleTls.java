package io.gestalt.boot.ssl;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

import io.gestalt.boot.properties.PropertyLayers;
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

	private static final Logger logger = LoggerFactory.getLogger(BundleTls.class);

	private final SslBundles bundles;

	public BundleTls(SslBundles bundles) {
		this.bundles = bundles;
	}

	/**
	 * The TLS settings that the properties of an endpoint ask for.
	 * @return the settings, {@code null} for plaintext
	 * @throws io.gestalt.boot.support.InvalidPropertyException if there is no such bundle
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
