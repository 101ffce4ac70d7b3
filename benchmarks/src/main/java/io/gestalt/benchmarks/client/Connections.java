package io.gestalt.benchmarks.client;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

import io.gestalt.benchmarks.workload.FrameTemplate;
import io.gestalt.benchmarks.workload.NativeTransport;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;

/**
 * Open connections to one server. They are opened and closed in batches, and from several
 * addresses if there are many, as an address has too few ports for all that wait to be
 * forgotten.
 */
final class Connections {

	private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(256 * 1024, 512 * 1024);

	// Below the backlog of a listening socket.
	private static final int BATCH = 200;

	private static final int PER_ADDRESS = 500;

	private final EventLoopGroup eventLoop;

	private final FrameTemplate template;

	private final List<Channel> open = new ArrayList<>();

	Connections(EventLoopGroup eventLoop, FrameTemplate template) {
		this.eventLoop = eventLoop;
		this.template = template;
	}

	/** Those that are open. */
	List<Channel> channels() {
		return List.copyOf(this.open);
	}

	/**
	 * Opens or closes connections until there are so many, at most 200 at once.
	 * @return those that were opened, empty when there are enough
	 */
	List<Channel> adjust(int port, int count) throws InterruptedException {
		if (this.open.size() > count) {
			close(this.open.subList(count, this.open.size()));
		}
		List<ChannelFuture> batch = new ArrayList<>();
		for (int i = this.open.size(); i < count && batch.size() < BATCH; i++) {
			batch.add(connect(port, "127.0.0." + (1 + i / PER_ADDRESS)));
		}
		List<Channel> opened = new ArrayList<>(batch.size());
		for (ChannelFuture connection : batch) {
			Channel channel = connection.sync().channel();
			channel.writeAndFlush(this.template.opening()).sync();
			opened.add(channel);
		}
		this.open.addAll(opened);
		return opened;
	}

	private ChannelFuture connect(int port, String address) {
		return new Bootstrap().group(this.eventLoop)
			.channel(NativeTransport.channel())
			.option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
			.option(ChannelOption.TCP_NODELAY, true)
			.option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
			.handler(new Quiet())
			.connect(new InetSocketAddress("127.0.0.1", port), new InetSocketAddress(address, 0));
	}

	private static void close(List<Channel> channels) throws InterruptedException {
		List<ChannelFuture> closing = channels.stream().map(Channel::close).toList();
		for (ChannelFuture closed : closing) {
			closed.sync();
		}
		channels.clear();
	}

	/**
	 * Finds out whether all are alive.
	 * @throws IllegalStateException if the server has closed some
	 */
	void verify() {
		long lost = this.open.stream().filter((channel) -> !channel.isActive()).count();
		if (lost > 0) {
			throw new IllegalStateException("The server closed %d of %d connections".formatted(lost, this.open.size()));
		}
	}

	/** Stands where a round's handler will be. */
	@ChannelHandler.Sharable
	private static final class Quiet extends ChannelInboundHandlerAdapter {

	}

}
