package io.gestalt.frame;

import io.netty.buffer.ByteBuf;

/**
 * How many bytes of payload a frame may have.
 *
 * @param bytes the largest payload allowed, at least 1
 */
record FrameLimit(int bytes) {

	FrameLimit {
		if (bytes < 1) {
			throw new IllegalArgumentException("Frame limit of %d bytes is below 1 byte".formatted(bytes));
		}
	}

	/** Refuses a payload above the limit. */
	void check(long length) {
		if (length > this.bytes) {
			throw new FrameException("Frame of %d bytes exceeds the limit of %d bytes".formatted(length, this.bytes));
		}
	}

	/** For a frame that is known to be too long before its length is. */
	FrameException exceededByAtLeast(long length) {
		return new FrameException(
				"Frame of at least %d bytes exceeds the limit of %d bytes".formatted(length, this.bytes));
	}

	/** Takes all that is left of a datagram as one payload. */
	void locateRest(ByteBuf in, Frame frame) {
		check(in.readableBytes());
		frame.locate(0, in.readerIndex(), in.readableBytes(), in.writerIndex());
	}

}
