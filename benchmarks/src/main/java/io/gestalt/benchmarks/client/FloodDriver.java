package io.gestalt.benchmarks.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Sends as much as the connection takes. */
final class FloodDriver extends ChannelInboundHandlerAdapter {

	private final Round round;

	private final Blocks blocks;

	private long sent;

	private boolean ended;

	FloodDriver(Round round, Blocks blocks) {
		this.round = round;
		this.blocks = blocks;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		pump(context);
	}

	private void pump(ChannelHandlerContext context) {
		while (!this.ended && context.channel().isWritable()) {
			if (this.round.over(System.nanoTime())) {
				end(context);
				return;
			}
			context.write(this.blocks.next(this.sent), context.voidPromise());
			this.sent += this.blocks.frames();
		}
		context.flush();
		if (!this.ended && context.channel().isWritable()) {
			context.executor().execute(() -> pump(context));
		}
	}

	private void end(ChannelHandlerContext context) {
		this.ended = true;
		context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((written) -> {
			if (written.isSuccess()) {
				this.round.finish(System.nanoTime(), this.sent);
			}
			else {
				this.round.fail(written.cause());
			}
		});
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		if (context.channel().isWritable()) {
			pump(context);
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		((ByteBuf) message).release();
		this.round.fail(new IllegalStateException("A reply came where none may come"));
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.round.fail(new IllegalStateException("Connection lost after %d messages".formatted(this.sent)));
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		this.round.fail(cause);
	}

	@Override
	public String toString() {
		return "%d messages sent".formatted(this.sent);
	}

}
