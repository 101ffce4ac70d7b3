package io.gestalt.benchmarks.server;

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import io.gestalt.benchmarks.server.NettyHandler.Reply;
import io.gestalt.benchmarks.workload.NativeTransport;
import io.gestalt.benchmarks.workload.Order;
import io.gestalt.benchmarks.workload.Workload;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;

/**
 * Netty by hand, with nothing that the workload does not need: the baseline. The pooled
 * allocator serves echoes with less CPU time and garbage than the adaptive default. As
 * many event loops as cores: Netty's default of twice as many wakes up more often when
 * many peers are active.
 */
final class NettyContender implements Contender {

	private static final int MAX_FRAME_SIZE = 1024 * 1024;

	private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(512 * 1024, 1024 * 1024);

	@Override
	public RunningServer start(Workload workload, LongAdder handled) {
		EventLoopGroup eventLoops = NativeTransport.eventLoops(Runtime.getRuntime().availableProcessors());
		Channel channel = new ServerBootstrap().group(eventLoops)
			.channel(NativeTransport.serverChannel())
			.option(ChannelOption.SO_BACKLOG, 4096)
			.childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
			.childHandler(new Pipeline(handler(workload, handled)))
			.bind("127.0.0.1", 0)
			.syncUninterruptibly()
			.channel();
		return new Running(channel, eventLoops);
	}

	private static Supplier<ChannelHandler> handler(Workload workload, LongAdder handled) {
		Supplier<Reply> replies = workload.json() ? json(workload.oneWay()) : bytes(workload.oneWay());
		return () -> new NettyHandler(handled, replies.get());
	}

	// Header and payload in one buffer: a second buffer costs more than this copy.
	private static Supplier<Reply> bytes(boolean oneWay) {
		Reply echo = (payload, allocator) -> {
			int length = payload.readableBytes();
			return allocator.directBuffer(Integer.BYTES + length).writeInt(length).writeBytes(payload);
		};
		Reply none = (payload, allocator) -> null;
		return () -> oneWay ? none : echo;
	}

	private static Supplier<Reply> json(boolean oneWay) {
		return () -> {
			NettyJson json = new NettyJson();
			return (payload, allocator) -> {
				Order order = json.read(payload);
				return oneWay ? null : json.write(order, allocator, payload.readableBytes());
			};
		};
	}

	private static final class Pipeline extends ChannelInitializer<Channel> {

		private final Supplier<ChannelHandler> handler;

		private Pipeline(Supplier<ChannelHandler> handler) {
			this.handler = handler;
		}

		@Override
		protected void initChannel(Channel channel) {
			channel.pipeline()
				.addLast(new LengthFieldBasedFrameDecoder(MAX_FRAME_SIZE, 0, Integer.BYTES, 0, Integer.BYTES),
						this.handler.get());
		}

	}

	private record Running(Channel channel, EventLoopGroup eventLoops) implements RunningServer {

		@Override
		public int port() {
			return ((InetSocketAddress) this.channel.localAddress()).getPort();
		}

		@Override
		public void close() {
			this.channel.close().syncUninterruptibly();
			this.eventLoops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
		}

	}

}
