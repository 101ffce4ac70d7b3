package io.gestalt.frame;

import io.netty.buffer.ByteBuf;

/**
 * No framing at all, for peers that speak in bare bytes: whatever has arrived is a
 * message, and a datagram is one as a whole, be it empty. TCP keeps no boundaries (RFC
 * 9293, section 3.9.1.2), so messages may arrive joined or torn apart.
 *
 * <pre>
 * 0
 * +-----------+
 * |  payload  |   as many bytes as there are, cut at the limit
 * +-----------+
 * </pre>
 */
public final class StreamFrameCodec implements FrameCodec {

	private final FrameLimit limit;

	/**
	 * Creates the framing.
	 * @param maxFrameSize largest piece handed on or written at once, in bytes
	 */
	public StreamFrameCodec(int maxFrameSize) {
		this.limit = new FrameLimit(maxFrameSize);
	}

	@Override
	public boolean read(ByteBuf in, Frame frame) {
		int length = Math.min(in.readableBytes(), this.limit.bytes());
		if (length == 0) {
			return false;
		}
		frame.locate(0, in.readerIndex(), length, in.readerIndex() + length);
		return true;
	}

	@Override
	public void readDatagram(ByteBuf in, Frame frame) {
		this.limit.locateRest(in, frame);
	}

	@Override
	public void begin(ByteBuf out) {
	}

	@Override
	public void end(ByteBuf out, int start, int type) {
		this.limit.check(out.writerIndex() - start);
	}

	@Override
	public boolean keepsBoundaries() {
		return false;
	}

}
