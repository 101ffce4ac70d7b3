package io.gestalt.transport.tcp;

import java.net.InetSocketAddress;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

import io.netty.channel.Channel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslHandler;

/** Makes the TLS handler of each connection from the settings as they are then. */
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

	private static JdkSslContext context(TlsSettings settings, boolean client) {
		String[] protocols = (settings.protocols() != null) ? settings.protocols().toArray(String[]::new) : null;
		return new JdkSslContext(settings.context().get(), client, settings.ciphers(),
				IdentityCipherSuiteFilter.INSTANCE, null, client ? ClientAuth.NONE : settings.clientAuth(), protocols,
				false);
	}

}
