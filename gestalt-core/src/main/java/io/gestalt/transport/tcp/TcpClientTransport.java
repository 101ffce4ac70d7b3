package io.gestalt.transport.tcp;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

import io.gestalt.frame.FrameCodec;
import io.gestalt.message.Counters;
import io.gestalt.transport.ConnectionAcceptor;
import io.gestalt.transport.TransportResources;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.TcpClient;

/** Opens TCP connections. */
public final class TcpClientTransport {

	private final TransportResources resources;

	private final TcpOptions options;

	private final ConnectionPipeline pipeline;

	public TcpClientTransport(TransportResources resources, TcpOptions options, FrameCodec frameCodec,
			Counters counters) {
		this.resources = resources;
		this.options = options;
		this.pipeline = new ConnectionPipeline(options, frameCodec, counters);
	}

	/**
	 * Opens a connection. The acceptor learns of it once its TLS handshake is done.
	 * @param target host and port, the host not yet resolved
	 * @param acceptor what to do with the connection
	 * @return fails with the reason if the connection could not be opened; completes when
	 * it was, before any TLS handshake, with a way to close it
	 */
	public CompletableFuture<Disposable> connect(InetSocketAddress target, ConnectionAcceptor acceptor) {
		TcpClient client = TcpClient.create(ConnectionProvider.newConnection())
			.remoteAddress(() -> target)
			// without one, Reactor Netty keeps a resolver for these loops for ever
			.resolver(this.resources.resolver())
			.runOn(this.resources.loops(), true)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) this.options.connectTimeout().toMillis())
			.option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
			.option(ChannelOption.TCP_NODELAY, true)
			.option(ChannelOption.SO_KEEPALIVE, true)
			.doOnChannelInit(
					(observer, channel, remote) -> this.pipeline.furnish(channel, acceptor, tls(channel, target)));
		CompletableFuture<Disposable> opened = new CompletableFuture<>();
		Disposable attempt = this.options.client()
			.apply(client)
			.connect()
			.subscribe(opened::complete, opened::completeExceptionally);
		opened.whenComplete((done, failure) -> {
			if (opened.isCancelled()) {
				attempt.dispose();
			}
		});
		return opened;
	}

	private @Nullable SslHandler tls(Channel channel, InetSocketAddress target) {
		TlsSettings tls = this.options.tls();
		if (tls == null) {
			return null;
		}
		SslHandler handler = TlsHandlers.forClient(tls, channel, target);
		handler.setHandshakeTimeoutMillis(this.options.connectTimeout().toMillis());
		return handler;
	}

}
