package io.gestalt.transport.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * What has arrived on a connection and is not yet consumed. While nothing is left over
 * from earlier it is the arrived buffer itself, without a copy.
 */
final class InboundBuffer {

	private static final int SMALL = 1024;

	private ByteBuf bytes = Unpooled.EMPTY_BUFFER;

	ByteBuf bytes() {
		return this.bytes;
	}

	boolean isEmpty() {
		return !this.bytes.isReadable();
	}

	void add(ByteBuf arrived) {
		if (isEmpty()) {
			release();
			this.bytes = arrived;
			return;
		}
		try {
			int needed = arrived.readableBytes();
			if (this.bytes.writableBytes() < needed || this.bytes.refCnt() > 1 || this.bytes.isReadOnly()) {
				enlarge(needed);
			}
			this.bytes.writeBytes(arrived);
		}
		finally {
			arrived.release();
		}
	}

	private void enlarge(int needed) {
		int total = this.bytes.readableBytes() + needed;
		ByteBuf larger = this.bytes.alloc().buffer(total + (total >> 1));
		larger.writeBytes(this.bytes, this.bytes.readerIndex(), this.bytes.readableBytes());
		this.bytes.release();
		this.bytes = larger;
	}

	/**
	 * Gives back what is consumed, so that few bytes do not hold on to a large buffer.
	 */
	void compact() {
		int left = this.bytes.readableBytes();
		if (left == 0) {
			release();
		}
		else if (this.bytes.capacity() > SMALL && this.bytes.capacity() / 4 > left) {
			enlarge(0);
		}
	}

	void release() {
		ByteBuf old = this.bytes;
		this.bytes = Unpooled.EMPTY_BUFFER;
		old.release();
	}

}
