package io.gestalt.transport.tcp;

import java.util.concurrent.TimeUnit;

import io.gestalt.frame.FrameCodec;
import io.gestalt.message.Counters;
import io.gestalt.transport.ConnectionAcceptor;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateHandler;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Furnishes new channels: TLS, idle time-out, then the connection itself.
 *
 * @param options what else goes in
 * @param frameCodec cuts bytes into frames
 * @param counters counts for the endpoint
 */
record ConnectionPipeline(TcpOptions options, FrameCodec frameCodec, Counters counters) {

	private static final String NAME = "gestalt";

	void furnish(Channel channel, ConnectionAcceptor acceptor, @Nullable SslHandler tls) {
		ChannelPipeline pipeline = channel.pipeline();
		pipeline.addBefore(NettyPipeline.ReactiveBridge, NAME,
				new ChannelConnection(channel, this.frameCodec, this.counters, acceptor));
		long idle = this.options.idleTimeout().toMillis();
		if (idle > 0) {
			pipeline.addBefore(NAME, NAME + ".idle", new IdleStateHandler(idle, 0, 0, TimeUnit.MILLISECONDS));
		}
		if (tls != null) {
			pipeline.addFirst(NettyPipeline.SslHandler, tls);
		}
		this.options.pipeline().accept(pipeline);
	}

}
