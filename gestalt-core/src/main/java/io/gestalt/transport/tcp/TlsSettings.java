package io.gestalt.transport.tcp;

import java.util.List;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

import io.netty.handler.ssl.ClientAuth;
import org.jspecify.annotations.Nullable;

/**
 * How connections are secured. The context is asked for again for each connection, so
 * that a reloaded certificate serves all later ones.
 *
 * @param context gives keys and trust
 * @param clientAuth whether a server asks its clients for a certificate
 * @param ciphers cipher suites, {@code null} for the defaults of the JDK
 * @param protocols such as {@code TLSv1.3}, {@code null} for the defaults of the JDK
 * @param verifyHost whether a client checks that the certificate is for the host it meant
 */
public record TlsSettings(Supplier<SSLContext> context, ClientAuth clientAuth, @Nullable List<String> ciphers,
		@Nullable List<String> protocols, boolean verifyHost) {

	/** The defaults of the JDK, no client certificates, host name checked. */
	public TlsSettings(Supplier<SSLContext> context) {
		this(context, ClientAuth.NONE, null, null, true);
	}

}
