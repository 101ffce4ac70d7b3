package io.gestalt.benchmarks.server;

import java.util.concurrent.atomic.LongAdder;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Counts and replies, flushes once per read, and stops reading from a peer that does not
 * read its replies.
 */
final class NettyHandler extends ChannelInboundHandlerAdapter {

	private final LongAdder handled;

	private final Reply reply;

	NettyHandler(LongAdder handled, Reply reply) {
		this.handled = handled;
		this.reply = reply;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		ByteBuf payload = (ByteBuf) message;
		try {
			this.handled.increment();
			ByteBuf frame = this.reply.to(payload, context.alloc());
			if (frame != null) {
				context.write(frame, context.voidPromise());
			}
		}
		finally {
			payload.release();
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		context.flush();
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		context.channel().config().setAutoRead(context.channel().isWritable());
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		context.close();
	}

	/** Makes the frame that answers a payload, {@code null} for none. */
	@FunctionalInterface
	interface Reply {

		@Nullable ByteBuf to(ByteBuf payload, ByteBufAllocator allocator);

	}

}
