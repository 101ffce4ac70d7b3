package io.gestalt.test.memory;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.netty.channel.AbstractServerChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/** Listens on a port of a network in memory. */
final class MemoryServerChannel extends AbstractServerChannel {

	private final MemoryConfig config = new MemoryConfig(this);

	private final Queue<MemoryChannel> arrived = new ConcurrentLinkedQueue<>();

	private final MemoryNetwork network;

	private volatile @Nullable InetSocketAddress address;

	private volatile boolean open = true;

	private boolean reading;

	MemoryServerChannel(MemoryNetwork network) {
		this.network = network;
	}

	/**
	 * Takes a connection.
	 * @return its other end, {@code null} if the channel is closed
	 */
	@Nullable MemoryChannel connect(MemoryChannel client, InetSocketAddress from) {
		InetSocketAddress here = this.address;
		if (!this.open || here == null) {
			return null;
		}
		MemoryChannel child = client.pair(this, MemoryNetwork.visible(here), from);
		this.arrived.add(child);
		eventLoop().execute(this::accept);
		return child;
	}

	private void accept() {
		boolean any = false;
		while (this.reading && this.open && !this.arrived.isEmpty()) {
			pipeline().fireChannelRead(this.arrived.remove());
			any = true;
		}
		if (any) {
			this.reading = false;
			pipeline().fireChannelReadComplete();
		}
	}

	@Override
	protected void doBeginRead() {
		this.reading = true;
		if (!this.arrived.isEmpty()) {
			eventLoop().execute(this::accept);
		}
	}

	@Override
	protected void doBind(SocketAddress wanted) throws Exception {
		this.address = this.network.bind(this, wanted);
	}

	@Override
	protected void doClose() {
		this.open = false;
		this.network.unbind(this);
		for (MemoryChannel child = this.arrived.poll(); child != null; child = this.arrived.poll()) {
			child.refuse();
		}
	}

	@Override
	protected @Nullable SocketAddress localAddress0() {
		return this.address;
	}

	@Override
	protected boolean isCompatible(EventLoop loop) {
		return true;
	}

	@Override
	public ChannelConfig config() {
		return this.config;
	}

	@Override
	public boolean isOpen() {
		return this.open;
	}

	@Override
	public boolean isActive() {
		return this.open && this.address != null;
	}

}
