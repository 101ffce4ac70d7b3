package io.gestalt.transport.tcp;

import java.net.InetSocketAddress;
import java.security.Principal;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/**
 * Makes the TLS handler of each connection from the settings as they are then, and asks
 * it who the peer is.
 */
final class TlsHandlers {

	private TlsHandlers() {
	}

	static SslHandler forServer(TlsSettings settings, Channel channel) {
		return context(settings, false).newHandler(channel.alloc());
	}

	static SslHandler forClient(TlsSettings settings, Channel channel, InetSocketAddress target) {
		SslHandler handler = context(settings, true).newHandler(channel.alloc(), target.getHostString(),
				target.getPort());
		SSLEngine engine = handler.engine();
		SSLParameters parameters = engine.getSSLParameters();
		parameters.setEndpointIdentificationAlgorithm(settings.verifyHost() ? "HTTPS" : null);
		engine.setSSLParameters(parameters);
		return handler;
	}

	/** The subject of the peer's certificate, {@code null} if it has shown none. */
	static @Nullable Principal principal(ChannelHandlerContext ctx) {
		try {
			return ctx.pipeline().get(SslHandler.class).engine().getSession().getPeerPrincipal();
		}
		catch (SSLPeerUnverifiedException ex) {
			return null;
		}
	}

	private static JdkSslContext context(TlsSettings settings, boolean client) {
		String[] protocols = (settings.protocols() != null) ? settings.protocols().toArray(String[]::new) : null;
		return new JdkSslContext(settings.context().get(), client, settings.ciphers(),
				IdentityCipherSuiteFilter.INSTANCE, null, client ? ClientAuth.NONE : settings.clientAuth(), protocols,
				false);
	}

}
