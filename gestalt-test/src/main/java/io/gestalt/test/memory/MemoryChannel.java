package io.gestalt.test.memory;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import org.jspecify.annotations.Nullable;

/** One end of a connection in memory. */
final class MemoryChannel extends AbstractChannel implements DuplexChannel {

	private static final ChannelMetadata METADATA = new ChannelMetadata(false);

	private static final int READS = 16;

	private final MemoryConfig config = new MemoryConfig(this);

	private final @Nullable MemoryNetwork network;

	private volatile @Nullable MemoryPipe in;

	private volatile @Nullable MemoryPipe out;

	private volatile @Nullable InetSocketAddress local;

	private volatile @Nullable InetSocketAddress remote;

	private volatile boolean open = true;

	private volatile boolean inputShutdown;

	private volatile boolean outputShutdown;

	private boolean reading;

	/** One that is to connect. */
	MemoryChannel(MemoryNetwork network) {
		super(null);
		this.network = network;
	}

	private MemoryChannel(Channel parent) {
		super(parent);
		this.network = null;
	}

	/** Creates the other end. */
	MemoryChannel pair(Channel parent, InetSocketAddress there, InetSocketAddress here) {
		MemoryChannel other = new MemoryChannel(parent);
		MemoryPipe forth = new MemoryPipe();
		MemoryPipe back = new MemoryPipe();
		connected(back, forth, here, there);
		other.connected(forth, back, there, here);
		return other;
	}

	private void connected(MemoryPipe from, MemoryPipe to, InetSocketAddress here, InetSocketAddress there) {
		this.local = here;
		this.remote = there;
		this.in = from;
		this.out = to;
		from.reader(() -> run(this::receive));
		to.writer(() -> run(() -> ((MemoryUnsafe) unsafe()).flushWaiting()));
	}

	/** Before the other end is registered nobody can be told; it looks when it is. */
	private void run(Runnable task) {
		if (isRegistered()) {
			eventLoop().execute(task);
		}
	}

	/** Ends one that nobody has accepted. */
	void refuse() {
		doClose();
	}

	private void receive() {
		MemoryPipe from = this.in;
		if (!this.reading || from == null || !isActive() || this.inputShutdown) {
			return;
		}
		boolean any = false;
		for (int i = 0; i < READS && (i == 0 || this.config.isAutoRead()); i++) {
			ByteBuf bytes = from.read();
			if (bytes == null) {
				break;
			}
			any = true;
			this.reading = false;
			pipeline().fireChannelRead(bytes);
		}
		if (any) {
			pipeline().fireChannelReadComplete();
		}
		else if (from.ended()) {
			endOfInput();
		}
	}

	private void endOfInput() {
		this.inputShutdown = true;
		if (this.config.allowsHalfClosure()) {
			pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
		}
		else {
			unsafe().close(voidPromise());
		}
	}

	@Override
	protected void doBeginRead() {
		this.reading = true;
		eventLoop().execute(this::receive);
	}

	@Override
	protected void doWrite(ChannelOutboundBuffer buffer) throws IOException {
		MemoryPipe to = this.out;
		if (to == null || this.outputShutdown) {
			throw new IOException("Connection in memory is closed");
		}
		for (Object message = buffer.current(); message != null; message = buffer.current()) {
			ByteBuf bytes = (ByteBuf) message;
			int written = to.write(bytes);
			if (written < 0) {
				throw new IOException("Broken pipe");
			}
			boolean whole = written == bytes.readableBytes();
			buffer.removeBytes(written);
			if (!whole) {
				return;
			}
		}
	}

	@Override
	protected void doBind(SocketAddress address) {
		this.local = (InetSocketAddress) address;
	}

	@Override
	protected void doDisconnect() {
		doClose();
	}

	@Override
	protected void doShutdownOutput() {
		this.outputShutdown = true;
		MemoryPipe to = this.out;
		if (to != null) {
			to.end();
		}
	}

	@Override
	protected void doClose() {
		this.open = false;
		doShutdownOutput();
		MemoryPipe from = this.in;
		if (from != null) {
			from.close();
		}
	}

	@Override
	protected AbstractUnsafe newUnsafe() {
		return new MemoryUnsafe();
	}

	@Override
	protected boolean isCompatible(EventLoop loop) {
		return true;
	}

	@Override
	protected @Nullable SocketAddress localAddress0() {
		return this.local;
	}

	@Override
	protected @Nullable SocketAddress remoteAddress0() {
		return this.remote;
	}

	@Override
	public ChannelConfig config() {
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
		return this.open && this.in != null;
	}

	@Override
	public boolean isInputShutdown() {
		return this.inputShutdown;
	}

	@Override
	public ChannelFuture shutdownInput() {
		return shutdownInput(newPromise());
	}

	@Override
	public ChannelFuture shutdownInput(ChannelPromise promise) {
		this.inputShutdown = true;
		return promise.setSuccess();
	}

	@Override
	public boolean isOutputShutdown() {
		return this.outputShutdown;
	}

	@Override
	public ChannelFuture shutdownOutput() {
		return shutdownOutput(newPromise());
	}

	@Override
	public ChannelFuture shutdownOutput(ChannelPromise promise) {
		eventLoop().execute(() -> ((AbstractUnsafe) unsafe()).shutdownOutput(promise));
		return promise;
	}

	@Override
	public boolean isShutdown() {
		return this.inputShutdown && this.outputShutdown;
	}

	@Override
	public ChannelFuture shutdown() {
		return shutdown(newPromise());
	}

	@Override
	public ChannelFuture shutdown(ChannelPromise promise) {
		this.inputShutdown = true;
		return shutdownOutput(promise);
	}

	private final class MemoryUnsafe extends AbstractUnsafe {

		@Override
		public void connect(SocketAddress address, @Nullable SocketAddress from, ChannelPromise promise) {
			if (!promise.setUncancellable() || !ensureOpen(promise)) {
				return;
			}
			MemoryNetwork through = MemoryChannel.this.network;
			MemoryServerChannel server = (through != null) ? through.server(address) : null;
			if (through == null || server == null || server.connect(MemoryChannel.this, through.newAddress()) == null) {
				safeSetFailure(promise, new ConnectException(
						"Connection refused: nobody listens on %s of the network ".formatted(address) + "in memory"));
				closeIfClosed();
				return;
			}
			safeSetSuccess(promise);
			pipeline().fireChannelActive();
		}

		void flushWaiting() {
			flush0();
		}

	}

}
