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

	private final long window;

	/**
	 * Creates the framing.
	 * @param delimiter the bytes that end a frame, 1 to 64 of them
	 * @param maxFrameSize largest payload in bytes, the delimiter not counted
	 */
	public DelimitedFrameCodec(byte[] delimiter, int maxFrameSize) {
		this.delimiter = new Delimiter(delimiter);
		this.limit = new FrameLimit(maxFrameSize);
		this.window = (long) maxFrameSize + delimiter.length;
	}

	@Override
	public boolean read(ByteBuf in, Frame frame) {
		int length = this.delimiter.search(in, frame, this.window, this.limit);
		if (length < 0) {
			return false;
		}
		int start = in.readerIndex();
		frame.locate(0, start, length, start + length + this.delimiter.length());
		return true;
	}

	@Override
	public void readDatagram(ByteBuf in, Frame frame) {
		frame.examined(0);
		if (!read(in, frame)) {
			this.limit.locateRest(in, frame);
		}
	}

	@Override
	public void begin(ByteBuf out) {
	}

	@Override
	public void end(ByteBuf out, int start, int type) {
		int payloadEnd = out.writerIndex();
		this.limit.check(payloadEnd - start);
		this.delimiter.append(out);
		// A delimiter may also form of the payload's last bytes and the trailer.
		int index = this.delimiter.indexIn(out, start, out.writerIndex());
		if (index != payloadEnd) {
			throw new FrameException(
					"Payload of %d bytes holds the delimiter at byte %d".formatted(payloadEnd - start, index - start));
		}
	}

}
