package io.gestalt.benchmarks.client;

import java.util.List;

import io.gestalt.benchmarks.workload.FrameTemplate;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;

/**
 * Keeps a number of messages in flight on one connection: verifies the replies of a read
 * and sends as many new messages in one write.
 */
final class EchoDriver extends ByteToMessageDecoder implements Driver {

	private final FrameTemplate template;

	private final Round round;

	private final long[] sentNanos;

	private long sent;

	private long received;

	EchoDriver(FrameTemplate template, Round round, int inFlight) {
		this.template = template;
		this.round = round;
		this.sentNanos = new long[inFlight];
	}

	@Override
	public void start(ChannelHandlerContext context) {
		long now = System.nanoTime();
		this.round.start(now);
		send(context, now);
	}

	private void send(ChannelHandlerContext context, long now) {
		int count = this.sentNanos.length - (int) (this.sent - this.received);
		if (count == 0) {
			return;
		}
		ByteBuf frames = context.alloc().directBuffer(count * this.template.frameLength());
		for (int i = 0; i < count; i++) {
			this.sentNanos[(int) (this.sent % this.sentNanos.length)] = now;
			this.template.write(frames, this.sent++);
		}
		context.writeAndFlush(frames, context.voidPromise());
	}

	@Override
	protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
		int frameLength = this.template.frameLength();
		long now = System.nanoTime();
		while (in.readableBytes() >= frameLength) {
			this.template.verify(in, in.readerIndex(), this.received);
			in.skipBytes(frameLength);
			this.round.replied(now - this.sentNanos[(int) (this.received % this.sentNanos.length)]);
			this.received++;
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) throws Exception {
		super.channelReadComplete(context);
		long now = System.nanoTime();
		if (!this.round.over(now)) {
			send(context, now);
		}
		else if (this.received == this.sent) {
			this.round.finish(now, this.received);
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.round.fail(new IllegalStateException(
				"Connection lost after %d of %d replies".formatted(this.received, this.sent)));
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		this.round.fail(cause);
	}

	@Override
	public String toString() {
		return "%d of %d replies".formatted(this.received, this.sent);
	}

}
