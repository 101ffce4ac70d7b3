package io.gestalt.test.memory;

import java.time.Duration;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/** Real event loops, whose channels are connected in memory. */
final class MemoryLoops implements LoopResources {

	private static final int THREADS = 2;

	private final LoopResources loops = LoopResources.create("gestalt-memory", THREADS, true);

	private final MemoryNetwork network;

	MemoryLoops(MemoryNetwork network) {
		this.network = network;
	}

	@Override
	@SuppressWarnings("unchecked") // Reactor Netty asks for no more than a channel
	public <C extends Channel> C onChannel(Class<C> type, EventLoopGroup group) {
		if (type == (Class<?>) ServerSocketChannel.class) {
			return (C) (Channel) new MemoryServerChannel(this.network);
		}
		if (type == (Class<?>) SocketChannel.class) {
			return (C) (Channel) new MemoryChannel(this.network);
		}
		if (type == (Class<?>) DatagramChannel.class) {
			return (C) (Channel) new MemoryDatagramChannel(this.network);
		}
		return this.loops.onChannel(type, group);
	}

	@Override
	public <C extends Channel> Class<? extends C> onChannelClass(Class<C> type, EventLoopGroup group) {
		return this.loops.onChannelClass(type, group);
	}

	@Override
	public EventLoopGroup onClient(boolean useNative) {
		return this.loops.onClient(useNative);
	}

	@Override
	public EventLoopGroup onServer(boolean useNative) {
		return this.loops.onServer(useNative);
	}

	@Override
	public EventLoopGroup onServerSelect(boolean useNative) {
		return this.loops.onServerSelect(useNative);
	}

	@Override
	public boolean daemon() {
		return true;
	}

	@Override
	public Mono<Void> disposeLater(Duration quietPeriod, Duration timeout) {
		return this.loops.disposeLater(quietPeriod, timeout);
	}

	@Override
	public boolean isDisposed() {
		return this.loops.isDisposed();
	}

}
