package io.gestalt.transport;

import java.net.SocketAddress;
import java.security.Principal;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLPeerUnverifiedException;

import io.gestalt.frame.Frame;
import io.gestalt.frame.FrameCodec;
import io.gestalt.frame.FrameException;
import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleStateEvent;
import org.jspecify.annotations.Nullable;

/**
 * A connection over a Netty channel of bytes: cuts what arrives into frames, writes what
 * waits in the queue. It stops reading while the receiver is not ready, so that a slow
 * handler slows its peer down instead of filling the memory.
 */
final class ChannelConnection extends ChannelInboundHandlerAdapter implements Connection {

	private static final int MAX_IDLE_DELAY = 1000;

	private final String id = "%010x".formatted(ThreadLocalRandom.current().nextLong(1L << 40));

	private final Channel channel;

	private final FrameCodec frameCodec;

	private final Counters counters;

	private final ConnectionAcceptor acceptor;

	private final InboundBuffer inbound = new InboundBuffer();

	private final Frame frame = new Frame();

	private final Runnable flush = this::flush;

	private final Runnable wake = this::wake;

	private final ChannelFutureListener settled = (done) -> {
		this.unwritten--;
		this.stuckBytes = -1;
		relieve();
	};

	private @Nullable Receiver receiver;

	private @Nullable OutboundQueue queue;

	private @Nullable Principal principal;

	private @Nullable CloseReason reason;

	private @Nullable Throwable cause;

	private boolean receiving;

	private boolean readingStopped;

	private boolean incomplete;

	private volatile boolean outputShut;

	private int unwritten;

	/** What could not be written when the peer was last found silent, or -1. */
	private long stuckBytes = -1;

	ChannelConnection(Channel channel, FrameCodec frameCodec, Counters counters, ConnectionAcceptor acceptor) {
		this.channel = channel;
		this.frameCodec = frameCodec;
		this.counters = counters;
		this.acceptor = acceptor;
	}

	@Override
	public void channelActive(ChannelHandlerContext ctx) {
		if (ctx.pipeline().get(SslHandler.class) == null) {
			accepted();
		}
		ctx.fireChannelActive();
		read(true);
	}

	private void accepted() {
		this.counters.increment(Counter.CONNECTED);
		this.receiver = this.acceptor.accept(this);
		flush();
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		this.inbound.add((ByteBuf) message);
		receive();
	}

	private void receive() {
		Receiver to = this.receiver;
		if (this.receiving || to == null) {
			return;
		}
		this.receiving = true;
		cork();
		try {
			receiveFrames(to);
		}
		catch (FrameException ex) {
			this.counters.increment(Counter.MALFORMED);
			close(CloseReason.MALFORMED, ex);
		}
		finally {
			this.receiving = false;
			this.inbound.compact();
		}
	}

	private void receiveFrames(Receiver to) {
		ByteBuf in = this.inbound.bytes();
		int frames = 0;
		long bytes = 0;
		try {
			while (this.reason == null && in.isReadable()) {
				if (!to.ready()) {
					this.incomplete = false;
					read(false);
					return;
				}
				this.incomplete = !this.frameCodec.read(in, this.frame);
				if (this.incomplete) {
					break;
				}
				frames++;
				bytes += this.frame.endIndex() - in.readerIndex();
				receiveFrame(to, in);
			}
		}
		finally {
			this.counters.add(Counter.RECEIVED, frames);
			this.counters.add(Counter.RECEIVED_BYTES, bytes);
		}
		read(!this.readingStopped);
	}

	private void read(boolean enabled) {
		if (this.channel.config().isAutoRead() != enabled) {
			this.channel.config().setAutoRead(enabled);
		}
	}

	private void receiveFrame(Receiver to, ByteBuf in) {
		int writerIndex = in.writerIndex();
		int endIndex = this.frame.endIndex();
		int start = this.frame.payloadIndex();
		in.setIndex(start, start + this.frame.payloadLength());
		try {
			to.received(this.frame.type(), in);
		}
		finally {
			in.setIndex(endIndex, writerIndex);
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		if (this.receiver != null) {
			this.receiver.receiveComplete();
		}
		flush();
		ctx.fireChannelReadComplete();
	}

	private void cork() {
		if (this.queue != null) {
			this.queue.cork();
		}
	}

	private void wake() {
		this.channel.eventLoop().execute(this.flush);
	}

	private void flush() {
		OutboundQueue from = this.queue;
		Receiver to = this.receiver;
		if (from == null || to == null || this.outputShut || !this.channel.isActive()) {
			return;
		}
		boolean written = false;
		while (this.channel.isWritable() && !this.outputShut) {
			OutboundBatch batch = from.poll();
			if (batch == null) {
				break;
			}
			batch.assign(to);
			this.unwritten++;
			this.channel.write(batch.bytes()).addListener(batch).addListener(this.settled);
			written = true;
		}
		if (written) {
			this.channel.flush();
		}
		relieve();
	}

	private void relieve() {
		OutboundQueue from = this.queue;
		Receiver to = this.receiver;
		if (from != null && to != null && from.takeRelief()) {
			to.writable();
			resume();
		}
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext ctx) {
		if (this.channel.isWritable()) {
			flush();
		}
		ctx.fireChannelWritabilityChanged();
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event instanceof SslHandshakeCompletionEvent handshake) {
			if (handshake.isSuccess()) {
				this.principal = principal(ctx);
				accepted();
				receive();
			}
			else {
				close(CloseReason.TLS_FAILED, handshake.cause());
			}
		}
		else if (event instanceof IdleStateEvent && (this.receiver == null || this.receiver.idle() || stuck())) {
			close(CloseReason.IDLE, null);
		}
		else if (event instanceof ChannelInputShutdownEvent) {
			closeWhenIdle(1);
		}
		ctx.fireUserEventTriggered(event);
	}

	/**
	 * Whether the peer has read nothing since it was last found silent. Its messages may
	 * wait for ever then, as their replies do.
	 */
	private boolean stuck() {
		ChannelOutboundBuffer out = this.channel.unsafe().outboundBuffer();
		long before = this.stuckBytes;
		this.stuckBytes = (this.unwritten > 0 && out != null) ? out.totalPendingWriteBytes() - out.currentProgress()
				: -1;
		return before >= 0 && before == this.stuckBytes;
	}

	private void closeWhenIdle(int delay) {
		Receiver to = this.receiver;
		if (this.reason != null) {
			return;
		}
		if (to == null || (to.idle() && drained() && flushed())) {
			close(CloseReason.PEER_CLOSED, null);
		}
		else {
			this.channel.eventLoop()
				.schedule(() -> closeWhenIdle(Math.min(delay * 2, MAX_IDLE_DELAY)), delay, TimeUnit.MILLISECONDS);
		}
	}

	private static @Nullable Principal principal(ChannelHandlerContext ctx) {
		try {
			return ctx.pipeline().get(SslHandler.class).engine().getSession().getPeerPrincipal();
		}
		catch (SSLPeerUnverifiedException ex) {
			return null;
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
		boolean secured = this.receiver != null;
		close(secured ? CloseReason.FAILED : CloseReason.TLS_FAILED, failure);
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		CloseReason why = (this.reason != null) ? this.reason : CloseReason.PEER_CLOSED;
		this.reason = why;
		detach();
		this.inbound.release();
		if (this.receiver != null) {
			this.counters.increment(Counter.DISCONNECTED);
			this.receiver.closed(why, this.cause);
		}
		else {
			this.acceptor.failed(this.channel.remoteAddress(), why, this.cause);
		}
		ctx.fireChannelInactive();
	}

	@Override
	public void attach(OutboundQueue outbound) {
		this.queue = outbound;
		outbound.attach(this.wake);
	}

	private void detach() {
		if (this.queue != null) {
			this.queue.detach(this.wake);
			this.queue = null;
		}
	}

	@Override
	public void resume() {
		this.channel.eventLoop().execute(this::resumed);
	}

	private void resumed() {
		receive();
		if (this.receiver != null) {
			this.receiver.receiveComplete();
		}
		if (!this.receiving) {
			flush();
		}
	}

	@Override
	public void stopReading() {
		this.channel.eventLoop().execute(() -> {
			this.readingStopped = true;
			read(false);
		});
	}

	@Override
	public boolean drained() {
		return this.incomplete || this.inbound.isEmpty();
	}

	@Override
	public boolean flushed() {
		return this.unwritten == 0 && (this.queue == null || this.queue.count() == 0);
	}

	@Override
	public void stopWriting() {
		this.outputShut = true;
	}

	@Override
	public void shutdownOutput() {
		this.outputShut = true;
		detach();
		if (this.channel instanceof DuplexChannel duplex) {
			duplex.shutdownOutput();
		}
	}

	@Override
	public void close(CloseReason why, @Nullable Throwable failure) {
		EventLoop loop = this.channel.eventLoop();
		if (!loop.inEventLoop()) {
			loop.execute(() -> close(why, failure));
			return;
		}
		if (this.reason == null) {
			this.reason = why;
			this.cause = failure;
			flush();
			this.channel.close();
		}
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public SocketAddress localAddress() {
		return this.channel.localAddress();
	}

	@Override
	public SocketAddress remoteAddress() {
		return this.channel.remoteAddress();
	}

	@Override
	public @Nullable Principal principal() {
		return this.principal;
	}

	@Override
	public EventLoop eventLoop() {
		return this.channel.eventLoop();
	}

}
