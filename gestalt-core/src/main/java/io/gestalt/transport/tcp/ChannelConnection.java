package io.gestalt.transport.tcp;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.security.Principal;
import java.util.concurrent.ThreadLocalRandom;

import io.gestalt.frame.FrameCodec;
import io.gestalt.frame.FrameException;
import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.gestalt.transport.CloseReason;
import io.gestalt.transport.Connection;
import io.gestalt.transport.ConnectionAcceptor;
import io.gestalt.transport.Receiver;
import io.gestalt.transport.WireTap;
import io.gestalt.transport.WireTapHandler;
import io.gestalt.transport.queue.OutboundQueue;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
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

	private final String id = "%010x".formatted(ThreadLocalRandom.current().nextLong(1L << 40));

	private final Channel channel;

	private final Counters counters;

	private final ConnectionAcceptor acceptor;

	private final FrameReader reader;

	private final QueueWriter writer;

	private @Nullable Receiver receiver;

	private @Nullable Principal principal;

	private @Nullable CloseReason reason;

	private @Nullable Throwable cause;

	private boolean readingStopped;

	ChannelConnection(Channel channel, FrameCodec frameCodec, Counters counters, ConnectionAcceptor acceptor) {
		this.channel = channel;
		this.counters = counters;
		this.acceptor = acceptor;
		this.reader = new FrameReader(frameCodec, counters);
		this.writer = new QueueWriter(channel, this::resume);
	}

	@Override
	public void channelActive(ChannelHandlerContext ctx) {
		// A port of the system's choice may be that of a target where nobody listens.
		if (localAddress().equals(remoteAddress())) {
			close(CloseReason.FAILED, new ConnectException("Connected to itself"));
		}
		else if (ctx.pipeline().get(SslHandler.class) == null) {
			accepted();
		}
		ctx.fireChannelActive();
		read(true);
	}

	private void accepted() {
		if (!this.acceptor.allows(this)) {
			close(CloseReason.FORBIDDEN, new SecurityException("No rule allows %s".formatted(
					(this.principal != null) ? "'" + this.principal.getName() + "'" : "peers without certificate")));
			return;
		}
		this.counters.increment(Counter.CONNECTED);
		Receiver to = this.acceptor.accept(this);
		this.receiver = to;
		this.writer.open(to);
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		this.reader.add((ByteBuf) message);
		receive();
	}

	private void receive() {
		Receiver to = this.receiver;
		if (to == null || this.reader.reading()) {
			return;
		}
		this.writer.cork();
		try {
			read(this.reader.pass(to) && !this.readingStopped);
		}
		catch (FrameException ex) {
			this.counters.increment(Counter.MALFORMED);
			close(CloseReason.MALFORMED, ex);
		}
	}

	private void read(boolean enabled) {
		if (this.channel.isOpen() && this.channel.config().isAutoRead() != enabled) {
			this.channel.config().setAutoRead(enabled);
		}
	}

	private void passOn() {
		if (this.receiver != null && this.receiver.receiveComplete()) {
			this.writer.watch();
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		passOn();
		this.writer.flush();
		ctx.fireChannelReadComplete();
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext ctx) {
		if (this.channel.isWritable()) {
			this.writer.flush();
		}
		ctx.fireChannelWritabilityChanged();
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event instanceof SslHandshakeCompletionEvent handshake) {
			if (handshake.isSuccess()) {
				this.principal = TlsHandlers.principal(ctx);
				accepted();
				receive();
			}
			else {
				close(CloseReason.TLS_FAILED, handshake.cause());
			}
		}
		else if (event instanceof IdleStateEvent && idle()) {
			close(CloseReason.IDLE, null);
		}
		else if (event instanceof ChannelInputShutdownEvent) {
			new HalfClose(this.channel, this::answered, () -> close(CloseReason.PEER_CLOSED, null)).run();
		}
		ctx.fireUserEventTriggered(event);
	}

	/** A peer that is not read cannot be told from one that is silent. */
	private boolean idle() {
		Receiver to = this.receiver;
		return to == null || (to.idle() && to.ready()) || this.writer.stuck();
	}

	/** Whether the peer has got all that it can expect, or will not get it. */
	private boolean answered() {
		Receiver to = this.receiver;
		return this.reason != null || to == null || (to.idle() && drained() && flushed());
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
		if (this.reason != null && !(failure instanceof IOException)) {
			// too late to end with it, but not to be told by Netty's log
			ctx.fireExceptionCaught(failure);
		}
		boolean secured = this.receiver != null;
		close(secured ? CloseReason.FAILED : CloseReason.TLS_FAILED, failure);
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		CloseReason why = (this.reason != null) ? this.reason : CloseReason.PEER_CLOSED;
		this.reason = why;
		this.writer.detach();
		this.reader.stop();
		this.reader.release();
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
		this.writer.attach(outbound);
	}

	@Override
	public void resume() {
		this.channel.eventLoop().execute(new LoopTask(this.channel, this::resumed));
	}

	private void resumed() {
		receive();
		passOn();
		if (!this.reader.reading()) {
			this.writer.flush();
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
		return this.reader.drained();
	}

	@Override
	public boolean flushed() {
		return this.writer.flushed();
	}

	@Override
	public void stopWriting() {
		this.writer.stop();
	}

	@Override
	public void shutdownOutput() {
		this.writer.stop();
		this.writer.detach();
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
			this.reader.stop();
			this.writer.flush();
			this.channel.close();
		}
	}

	@Override
	public void tap(@Nullable WireTap tap) {
		WireTapHandler.install(this.channel, this, "%s at %s".formatted(this.id, remoteAddress()), tap);
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
