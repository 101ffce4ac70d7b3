package io.gestalt.test.memory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramChannelConfig;
import io.netty.channel.socket.DatagramPacket;
import org.jspecify.annotations.Nullable;

/**
 * A datagram socket of a network in memory. Like the real one it loses what finds no
 * room.
 */
final class MemoryDatagramChannel extends AbstractChannel implements DatagramChannel {

	private static final ChannelMetadata METADATA = new ChannelMetadata(true);

	private static final int CAPACITY = 1024;

	private final Queue<DatagramPacket> waiting = new ArrayDeque<>();

	private final MemoryNetwork network;

	private final MemoryDatagramConfig config;

	private volatile @Nullable InetSocketAddress address;

	private volatile boolean open = true;

	private boolean reading;

	MemoryDatagramChannel(MemoryNetwork network) {
		super(null);
		this.network = network;
		this.config = MemoryDatagramConfig.create(this);
	}

	private void arrived(DatagramPacket packet) {
		synchronized (this.waiting) {
			if (!this.open || this.waiting.size() >= CAPACITY) {
				packet.release();
				return;
			}
			this.waiting.add(packet);
		}
		eventLoop().execute(this::receive);
	}

	private @Nullable DatagramPacket poll() {
		synchronized (this.waiting) {
			return this.waiting.poll();
		}
	}

	private void receive() {
		DatagramPacket packet = this.reading ? poll() : null;
		if (packet == null) {
			return;
		}
		while (packet != null) {
			this.reading = false;
			pipeline().fireChannelRead(packet);
			packet = this.config.isAutoRead() ? poll() : null;
		}
		pipeline().fireChannelReadComplete();
	}

	@Override
	protected void doBeginRead() {
		this.reading = true;
		eventLoop().execute(this::receive);
	}

	@Override
	protected void doWrite(ChannelOutboundBuffer buffer) throws IOException {
		InetSocketAddress here = this.address;
		if (here == null) {
			throw new IOException("Datagram socket in memory is not bound");
		}
		for (Object message = buffer.current(); message != null; message = buffer.current()) {
			DatagramPacket packet = (DatagramPacket) message;
			MemoryDatagramChannel target = this.network.datagrams(packet.recipient());
			if (target != null) {
				ByteBuf copy = packet.content().copy();
				target.arrived(new DatagramPacket(copy, packet.recipient(), MemoryNetwork.visible(here)));
			}
			buffer.remove();
		}
	}

	@Override
	protected void doBind(SocketAddress wanted) throws Exception {
		this.address = this.network.bind(this, wanted);
	}

	@Override
	protected void doDisconnect() {
		doClose();
	}

	@Override
	protected void doClose() {
		this.open = false;
		this.network.unbind(this);
		this.config.close();
		synchronized (this.waiting) {
			this.waiting.forEach(DatagramPacket::release);
			this.waiting.clear();
		}
	}

	@Override
	protected AbstractUnsafe newUnsafe() {
		return new AbstractUnsafe() {

			@Override
			public void connect(SocketAddress remote, @Nullable SocketAddress local, ChannelPromise promise) {
				safeSetFailure(promise, new UnsupportedOperationException("Datagram sockets in memory do not connect"));
			}

		};
	}

	@Override
	protected boolean isCompatible(EventLoop loop) {
		return true;
	}

	@Override
	public DatagramChannelConfig config() {
		return this.config;
	}

	@Override
	public ChannelMetadata metadata() {
		return METADATA;
	}

	@Override
	public boolean isOpen() {
		return this.open;
	}

	@Override
	public boolean isActive() {
		return this.open && this.address != null;
	}

	@Override
	public boolean isConnected() {
		return false;
	}

	@Override
	protected @Nullable SocketAddress localAddress0() {
		return this.address;
	}

	@Override
	protected @Nullable SocketAddress remoteAddress0() {
		return null;
	}

	@Override
	public @Nullable InetSocketAddress localAddress() {
		return this.address;
	}

	@Override
	public @Nullable InetSocketAddress remoteAddress() {
		return null;
	}

	private ChannelFuture noMulticast(ChannelPromise promise) {
		return promise.setFailure(new UnsupportedOperationException("There is no multicast in memory"));
	}

	@Override
	public ChannelFuture joinGroup(InetAddress group) {
		return noMulticast(newPromise());
	}

	@Override
	public ChannelFuture joinGroup(InetAddress group, ChannelPromise promise) {
		return noMulticast(promise);
	}

	@Override
	public ChannelFuture joinGroup(InetSocketAddress group, NetworkInterface through) {
		return noMulticast(newPromise());
	}

	@Override
	public ChannelFuture joinGroup(InetSocketAddress group, NetworkInterface through, ChannelPromise promise) {
		return noMulticast(promise);
	}

	@Override
	public ChannelFuture joinGroup(InetAddress group, NetworkInterface through, @Nullable InetAddress source) {
		return noMulticast(newPromise());
	}

	@Override
	public ChannelFuture joinGroup(InetAddress group, NetworkInterface through, @Nullable InetAddress source,
			ChannelPromise promise) {
		return noMulticast(promise);
	}

	@Override
	public ChannelFuture leaveGroup(InetAddress group) {
		return noMulticast(newPromise());
	}

	@Override
	public ChannelFuture leaveGroup(InetAddress group, ChannelPromise promise) {
		return noMulticast(promise);
	}

	@Override
	public ChannelFuture leaveGroup(InetSocketAddress group, NetworkInterface through) {
		return noMulticast(newPromise());
	}

	@Override
	public ChannelFuture leaveGroup(InetSocketAddress group, NetworkInterface through, ChannelPromise promise) {
		return noMulticast(promise);
	}

	@Override
	public ChannelFuture leaveGroup(InetAddress group, NetworkInterface through, @Nullable InetAddress source) {
		return noMulticast(newPromise());
	}

	@Override
	public ChannelFuture leaveGroup(InetAddress group, NetworkInterface through, @Nullable InetAddress source,
			ChannelPromise promise) {
		return noMulticast(promise);
	}

	@Override
	public ChannelFuture block(InetAddress group, NetworkInterface through, InetAddress source) {
		return noMulticast(newPromise());
	}

	@Override
	public ChannelFuture block(InetAddress group, NetworkInterface through, InetAddress source,
			ChannelPromise promise) {
		return noMulticast(promise);
	}

	@Override
	public ChannelFuture block(InetAddress group, InetAddress source) {
		return noMulticast(newPromise());
	}

	@Override
	public ChannelFuture block(InetAddress group, InetAddress source, ChannelPromise promise) {
		return noMulticast(promise);
	}

}
