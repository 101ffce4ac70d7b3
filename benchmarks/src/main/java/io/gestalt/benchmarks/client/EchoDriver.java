package io.gestalt.benchmarks.client;

import java.util.List;

import io.gestalt.benchmarks.workload.FrameTemplate;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages when it is its turn, many in one write, and verifies the replies.
 */
final class EchoDriver extends ByteToMessageDecoder implements Turns.Player {

	private final FrameTemplate template;

	private final Round round;

	private final Channel channel;

	private final long[] sentNanos;

	private @Nullable Turns turns;

	private long sent;

	private long received;

	private long counted;

	EchoDriver(FrameTemplate template, Round round, Channel channel, int inFlight) {
		this.template = template;
		this.round = round;
		this.channel = channel;
		this.sentNanos = new long[inFlight];
	}

	void join(Turns turns) {
		this.turns = turns;
		this.channel.pipeline().addLast(this);
	}

	@Override
	public void send(int count, long now) {
		ByteBuf frames = this.channel.alloc().directBuffer(count * this.template.requestLength());
		for (int i = 0; i < count; i++) {
			this.sentNanos[(int) (this.sent % this.sentNanos.length)] = now;
			this.template.write(frames, this.sent++);
		}
		this.channel.writeAndFlush(frames, this.channel.voidPromise());
	}

	@Override
	protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
		int frameLength = this.template.replyLength();
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
		int replies = (int) (this.received - this.counted);
		this.counted = this.received;
		if (replies > 0 && this.turns != null) {
			this.turns.replied(replies);
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
