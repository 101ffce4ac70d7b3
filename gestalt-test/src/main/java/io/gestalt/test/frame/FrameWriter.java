package io.gestalt.test.frame;

import io.gestalt.frame.FrameCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * Wraps payloads into frames as an endpoint does.
 *
 * @param codec the framing
 */
public record FrameWriter(FrameCodec codec) {

	/** Appends one frame to a buffer. */
	public void write(ByteBuf out, int type, byte[] payload) {
		int start = out.writerIndex();
		this.codec.begin(out);
		out.writeBytes(payload);
		this.codec.end(out, start, type);
	}

	/** The bytes of one frame. */
	public byte[] write(int type, byte[] payload) {
		ByteBuf out = Unpooled.buffer();
		write(out, type, payload);
		return ByteBufUtil.getBytes(out);
	}

}
