package io.gestalt.transport.udp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collections;

import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.gestalt.transport.Binding;
import io.gestalt.transport.TransportResources;
import io.gestalt.transport.WireTap;
import io.gestalt.transport.WireTapHandler;
import io.gestalt.transport.WireTapped;
import io.gestalt.transport.queue.OutboundBatch;
import io.gestalt.transport.queue.OutboundQueue;
import io.gestalt.transport.queue.Ticket;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.UnixChannelOption;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.resources.LoopResources;
import reactor.netty.udp.UdpServer;

/** One UDP socket, for servers and clients alike. */
public final class DatagramSocketTransport implements Binding, WireTapped {

	private static final int MAX_DATAGRAM = 65_536;

	private static final long CLOSE_MILLIS = 500;

	private final DatagramChannel channel;

	private final OutboundQueue queue;

	private final Counters counters;

	private final Runnable flush = this::flush;

	private final Runnable wake = this::wake;

	private DatagramSocketTransport(DatagramChannel channel, OutboundQueue queue, Counters counters) {
		this.channel = channel;
		this.queue = queue;
		this.counters = counters;
	}

	/**
	 * Opens a socket.
	 * @param options where and how
	 * @param resources threads
	 * @param receiver takes what arrives
	 * @param queue holds what is to be sent, each with a {@link DatagramTicket}
	 * @param counters counts for the endpoint
	 * @return the open socket
	 * @throws RuntimeException the cause of which says why the system refused
	 */
	public static DatagramSocketTransport open(DatagramOptions options, TransportResources resources,
			DatagramReceiver receiver, OutboundQueue queue, Counters counters) {
		UdpServer server = options(UdpServer.create().bindAddress(options::address), options, resources)
			.doOnChannelInit((observer, channel, remote) -> channel.pipeline()
				.addBefore(NettyPipeline.ReactiveBridge, "gestalt", new Handler(receiver, queue, counters)));
		Connection bound = server.bindNow();
		DatagramChannel channel = (DatagramChannel) bound.channel();
		try {
			join(channel, options.multicast());
		}
		catch (RuntimeException ex) {
			channel.close();
			throw ex;
		}
		return channel.pipeline().get(Handler.class).transport();
	}

	private static UdpServer options(UdpServer server, DatagramOptions options, TransportResources resources) {
		DatagramOptions.Multicast multicast = options.multicast();
		boolean six = options.address().getAddress() instanceof Inet6Address;
		UdpServer configured = (multicast != null)
				? server.runOn(resources.loops(), six ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET)
				: server.runOn(resources.loops(), true);
		configured = configured.option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM))
			.option(ChannelOption.SO_BROADCAST, options.broadcast());
		if (options.reusePort() && LoopResources.hasNativeSupport() && multicast == null) {
			configured = configured.option(UnixChannelOption.SO_REUSEPORT, true);
		}
		else if (options.reusePort() || multicast != null) {
			configured = configured.option(ChannelOption.SO_REUSEADDR, true);
		}
		if (multicast == null) {
			return configured;
		}
		configured = configured.option(ChannelOption.IP_MULTICAST_TTL, multicast.ttl());
		NetworkInterface through = networkInterface(multicast);
		return (through != null) ? configured.option(ChannelOption.IP_MULTICAST_IF, through) : configured;
	}

	private static void join(DatagramChannel channel, DatagramOptions.@Nullable Multicast multicast) {
		if (multicast == null || multicast.group() == null) {
			return;
		}
		try {
			InetAddress group = InetAddress.getByName(multicast.group());
			if (!group.isMulticastAddress()) {
				throw new IllegalArgumentException("Address '%s' is no multicast group".formatted(multicast.group()));
			}
			NetworkInterface through = networkInterface(multicast);
			channel.joinGroup(new InetSocketAddress(group, 0), (through != null) ? through : firstMulticast())
				.syncUninterruptibly();
		}
		catch (UnknownHostException | SocketException ex) {
			throw new IllegalArgumentException("Cannot join multicast group '%s'".formatted(multicast.group()), ex);
		}
	}

	private static @Nullable NetworkInterface networkInterface(DatagramOptions.Multicast multicast) {
		if (multicast.networkInterface() == null) {
			return null;
		}
		try {
			NetworkInterface found = NetworkInterface.getByName(multicast.networkInterface());
			if (found != null) {
				return found;
			}
			throw new IllegalArgumentException(
					"There is no network interface '%s', there are %s".formatted(multicast.networkInterface(),
							NetworkInterface.networkInterfaces().map(NetworkInterface::getName).toList()));
		}
		catch (SocketException ex) {
			throw new IllegalArgumentException("Cannot look at the network interfaces", ex);
		}
	}

	private static NetworkInterface firstMulticast() throws SocketException {
		for (NetworkInterface candidate : Collections.list(NetworkInterface.getNetworkInterfaces())) {
			if (candidate.isUp() && candidate.supportsMulticast() && !candidate.isLoopback()) {
				return candidate;
			}
		}
		return NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
	}

	private void wake() {
		this.channel.eventLoop().execute(this.flush);
	}

	private void flush() {
		boolean written = false;
		while (this.channel.isWritable()) {
			OutboundBatch batch = this.queue.poll();
			if (batch == null) {
				break;
			}
			write(batch);
			written = true;
		}
		if (written) {
			this.channel.flush();
		}
	}

	private void write(OutboundBatch batch) {
		ByteBuf bytes = batch.bytes();
		try {
			for (Ticket ticket : batch.tickets()) {
				DatagramTicket datagram = (DatagramTicket) ticket;
				ByteBuf payload = bytes.readRetainedSlice(datagram.size());
				this.channel.write(new DatagramPacket(payload, datagram.target()))
					.addListener((done) -> written(datagram, done.cause()));
			}
		}
		finally {
			bytes.release();
			batch.released();
		}
	}

	private void written(DatagramTicket datagram, @Nullable Throwable failure) {
		if (failure == null) {
			this.counters.increment(Counter.SENT);
			this.counters.add(Counter.SENT_BYTES, datagram.size());
			datagram.written();
		}
		else {
			this.counters.increment(Counter.DROPPED_LOST);
			datagram.failed(failure);
		}
	}

	@Override
	public InetSocketAddress address() {
		return this.channel.localAddress();
	}

	/**
	 * Reads what arrives, or leaves it to the system. From another thread, a read that is
	 * under way already would get one more datagram.
	 */
	public void read(boolean enabled) {
		if (this.channel.eventLoop().inEventLoop()) {
			this.channel.config().setAutoRead(enabled);
		}
		else {
			this.channel.eventLoop().submit(() -> read(enabled)).awaitUninterruptibly(CLOSE_MILLIS);
		}
	}

	@Override
	public void tap(@Nullable WireTap tap) {
		Handler reader = this.channel.pipeline().get(Handler.class);
		if (reader != null) {
			WireTapHandler.install(this.channel, reader, "", tap);
		}
	}

	@Override
	public void close() {
		this.channel.eventLoop().submit(this.flush).awaitUninterruptibly(CLOSE_MILLIS);
		this.queue.detach(this.wake);
		this.channel.close().awaitUninterruptibly(CLOSE_MILLIS);
	}

	/** Passes datagrams on. */
	private static final class Handler extends ChannelInboundHandlerAdapter {

		private final DatagramReceiver receiver;

		private final OutboundQueue queue;

		private final Counters counters;

		private @Nullable DatagramSocketTransport transport;

		Handler(DatagramReceiver receiver, OutboundQueue queue, Counters counters) {
			this.receiver = receiver;
			this.queue = queue;
			this.counters = counters;
		}

		DatagramSocketTransport transport() {
			if (this.transport == null) {
				throw new IllegalStateException("Socket is not open");
			}
			return this.transport;
		}

		@Override
		public void handlerAdded(ChannelHandlerContext ctx) {
			this.transport = new DatagramSocketTransport((DatagramChannel) ctx.channel(), this.queue, this.counters);
		}

		@Override
		public void channelActive(ChannelHandlerContext ctx) {
			ctx.fireChannelActive();
			ctx.channel().config().setAutoRead(true);
			// Not before: what is written to a socket that is not bound is lost.
			this.queue.attach(transport().wake);
		}

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object message) {
			DatagramPacket packet = (DatagramPacket) message;
			try {
				this.receiver.received(packet.sender(), packet.content());
			}
			finally {
				packet.release();
			}
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext ctx) {
			this.receiver.receiveComplete();
			transport().flush();
		}

		@Override
		public void channelWritabilityChanged(ChannelHandlerContext ctx) {
			transport().flush();
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
			this.receiver.failed(failure);
		}

	}

}
