package io.gestalt.boot.properties;

import org.jspecify.annotations.Nullable;

/**
 * How connections are secured. There is TLS if a bundle is named.
 *
 * @param bundle name of the bundle under spring.ssl.bundle that holds keys and trust
 * @param clientAuth whether a server asks its clients for a certificate (default none)
 * @param verifyHost whether a client checks that the certificate is for the host that it
 * meant (default true)
 */
public record SslProperties(@Nullable String bundle, @Nullable ClientAuth clientAuth, @Nullable Boolean verifyHost) {

	static final SslProperties UNSET = new SslProperties(null, null, null);

	static final SslProperties BUILT_IN = new SslProperties(null, ClientAuth.NONE, true);

	/** Whether a server asks its clients for a certificate. */
	public enum ClientAuth {

		/** It does not ask. */
		NONE,
		/** It asks, and serves clients without one too. */
		WANT,
		/** It asks, and refuses clients without one. */
		NEED

	}

}
