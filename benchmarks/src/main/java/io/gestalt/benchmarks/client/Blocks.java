package io.gestalt.benchmarks.client;

import io.gestalt.benchmarks.workload.FrameTemplate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;

/**
 * Many frames at once. The same block goes out again and again where the wire allows it,
 * so that the client is never the slower side.
 */
final class Blocks {

	private static final int SIZE = 32 * 1024;

	private final FrameTemplate template;

	private final int frames;

	private final ByteBuf block;

	Blocks(FrameTemplate template) {
		this.template = template;
		this.frames = SIZE / template.requestLength();
		this.block = fill(Unpooled.directBuffer(SIZE), 0);
	}

	/** How many frames a block has. */
	int frames() {
		return this.frames;
	}

	/** A block to be sent when so many frames were sent before. */
	ByteBuf next(long sent) {
		return this.template.repeatable() ? this.block.retainedDuplicate()
				: fill(PooledByteBufAllocator.DEFAULT.directBuffer(SIZE), sent);
	}

	private ByteBuf fill(ByteBuf out, long sent) {
		for (int i = 0; i < this.frames; i++) {
			this.template.write(out, sent + i);
		}
		return out;
	}

}
