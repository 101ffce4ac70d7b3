package io.gestalt.frame;

import io.netty.buffer.ByteBuf;

/**
 * Delimited framing: a frame ends with an agreed sequence of bytes, which no payload may
 * hold. The last frame of a datagram may lack it. The first occurrence counts, as in the
 * boundary rule of RFC 2046, section 5.1.1.
 *
 * <pre>
 * 0
 * +-----------+-------------+
 * |  payload  |  delimiter  |   delimiter: 1 to 64 bytes
 * +-----------+-------------+
 * </pre>
 */
public final class DelimitedFrameCodec implements FrameCodec {

	private final Delimiter delimiter;

	private final FrameLimit limit;

	/**
	 * Creates the framing.
	 * @param delimiter the bytes that end a frame, 1 to 64 of them
	 * @param maxFrameSize largest payload in bytes, the delimiter not counted
	 */
	public DelimitedFrameCodec(byte[] delimiter, int maxFrameSize) {
		this.limit = new FrameLimit(maxFrameSize);
		this.delimiter = new Delimiter("the delimiter", delimiter, this.limit, delimiter.length);
	}

	@Override
	public boolean read(ByteBuf in, Frame frame) {
		int length = this.delimiter.search(in, frame);
		if (length < 0) {
			return false;
		}
		int start = in.readerIndex();
		frame.locate(0, start, length, start + length + this.delimiter.length());
		return true;
	}

	@Override
	public void readDatagram(ByteBuf in, Frame frame) {
		this.delimiter.readDatagram(this, in, frame);
	}

	@Override
	public void begin(ByteBuf out) {
	}

	@Override
	public void end(ByteBuf out, int start, int type) {
		int payloadEnd = out.writerIndex();
		this.limit.check(payloadEnd - start);
		this.delimiter.append(out, start, payloadEnd);
	}

}
