package io.gestalt.transport.tcp;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

import io.gestalt.frame.FrameCodec;
import io.gestalt.message.Counters;
import io.gestalt.transport.Binding;
import io.gestalt.transport.ConnectionAcceptor;
import io.gestalt.transport.TransportResources;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import reactor.netty.DisposableServer;
import reactor.netty.tcp.TcpServer;

/** Accepts TCP connections. */
public final class TcpServerTransport {

	private static final long CLOSE_MILLIS = 500;

	private final TransportResources resources;

	private final TcpOptions options;

	private final ConnectionPipeline pipeline;

	private final Gate gate;

	public TcpServerTransport(TransportResources resources, TcpOptions options, FrameCodec frameCodec,
			Counters counters) {
		this.resources = resources;
		this.options = options;
		this.pipeline = new ConnectionPipeline(options, frameCodec, counters);
		this.gate = new Gate(options.admission(), counters);
	}

	/**
	 * Opens a listening socket.
	 * @param address where to listen, port 0 for any free one
	 * @param acceptor what to do with connections
	 * @return the socket
	 * @throws RuntimeException the cause of which says why the system refused
	 */
	public Binding bind(InetSocketAddress address, ConnectionAcceptor acceptor) {
		ConnectionAcceptor guarded = this.gate.guard(acceptor);
		TcpServer server = TcpServer.create()
			.bindAddress(() -> address)
			.runOn(this.resources.loops(), true)
			.option(ChannelOption.SO_REUSEADDR, true)
			.childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childOption(ChannelOption.SO_KEEPALIVE, true)
			.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
			.doOnChannelInit((observer, channel, remote) -> initialize(channel, guarded));
		DisposableServer bound = this.options.server().apply(server).bindNow();
		return new TcpBinding(bound);
	}

	private void initialize(Channel channel, ConnectionAcceptor acceptor) {
		if (!this.gate.enter(channel)) {
			channel.close();
			return;
		}
		TlsSettings tls = this.options.tls();
		this.pipeline.furnish(channel, acceptor, (tls != null) ? TlsHandlers.forServer(tls, channel) : null);
	}

	private record TcpBinding(DisposableServer server) implements Binding {

		@Override
		public SocketAddress address() {
			return this.server.address();
		}

		@Override
		public void close() {
			this.server.channel().close().awaitUninterruptibly(CLOSE_MILLIS);
		}

	}

}
