package io.gestalt.benchmarks.workload;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/** Netty on epoll where the platform has it, on NIO elsewhere. */
public final class NativeTransport {

	private NativeTransport() {
	}

	/** Event loops, each with a thread. */
	public static EventLoopGroup eventLoops(int threads) {
		return new MultiThreadIoEventLoopGroup(threads, factory());
	}

	private static IoHandlerFactory factory() {
		return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
	}

	/** The type of listening channels. */
	public static Class<? extends ServerChannel> serverChannel() {
		return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
	}

	/** The type of connected channels. */
	public static Class<? extends SocketChannel> channel() {
		return Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
	}

}
