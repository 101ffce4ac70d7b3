package io.gestalt.benchmarks.client;

import io.gestalt.benchmarks.workload.FrameTemplate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Sends as much as the connection takes. The same block of frames goes out again and
 * again, so that the client is never the slower side.
 */
final class FloodDriver extends ChannelInboundHandlerAdapter implements Driver {

	private static final int BLOCK_SIZE = 32 * 1024;

	private final Round round;

	private final ByteBuf block;

	private final int framesPerBlock;

	private long sent;

	private boolean ended;

	FloodDriver(FrameTemplate template, Round round) {
		this.round = round;
		this.framesPerBlock = BLOCK_SIZE / template.frameLength();
		this.block = Unpooled.directBuffer(BLOCK_SIZE);
		for (int i = 0; i < this.framesPerBlock; i++) {
			template.write(this.block, i);
		}
	}

	@Override
	public void start(ChannelHandlerContext context) {
		this.round.start(System.nanoTime());
		pump(context);
	}

	private void pump(ChannelHandlerContext context) {
		while (!this.ended && context.channel().isWritable()) {
			if (this.round.over(System.nanoTime())) {
				end(context);
				return;
			}
			context.write(this.block.retainedDuplicate(), context.voidPromise());
			this.sent += this.framesPerBlock;
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
	public void handlerRemoved(ChannelHandlerContext context) {
		this.block.release();
	}

	@Override
	public String toString() {
		return "%d messages sent".formatted(this.sent);
	}

}
