package io.gestalt.frame;

import io.netty.buffer.ByteBuf;

/**
 * Line framing: a frame ends with a line feed, and a carriage return before it does not
 * count (RFC 9112, section 2.2). The last line of a datagram may lack its end. What no
 * line can carry is refused: a payload with a line feed in it, or a carriage return at
 * its end.
 *
 * <pre>
 * 0
 * +-----------+------+------+
 * |  payload  | (CR) |  LF  |   CR: 0x0d, optional   LF: 0x0a
 * +-----------+------+------+
 * </pre>
 */
public final class LineFrameCodec implements FrameCodec {

	private static final byte CARRIAGE_RETURN = '\r';

	private static final byte[] LINE_FEED = { '\n' };

	private static final int LONGEST_END = 2;

	private final Delimiter lineFeed;

	private final FrameLimit limit;

	private final boolean writesCarriageReturn;

	/**
	 * Creates the framing, with lines written that end in a line feed alone.
	 * @param maxFrameSize largest payload in bytes, the end of the line not counted
	 */
	public LineFrameCodec(int maxFrameSize) {
		this(maxFrameSize, false);
	}

	/**
	 * Creates the framing.
	 * @param maxFrameSize largest payload in bytes, the end of the line not counted
	 * @param writesCarriageReturn whether lines are written with a carriage return before
	 * the line feed; both kinds are read
	 */
	public LineFrameCodec(int maxFrameSize, boolean writesCarriageReturn) {
		this.limit = new FrameLimit(maxFrameSize);
		this.lineFeed = new Delimiter("a line feed", LINE_FEED, this.limit, LONGEST_END);
		this.writesCarriageReturn = writesCarriageReturn;
	}

	@Override
	public boolean read(ByteBuf in, Frame frame) {
		int lineLength = this.lineFeed.search(in, frame);
		if (lineLength < 0) {
			return false;
		}
		int start = in.readerIndex();
		int end = start + lineLength;
		int length = endsInCarriageReturn(in, start, end) ? lineLength - 1 : lineLength;
		this.limit.check(length);
		frame.locate(0, start, length, end + 1);
		return true;
	}

	@Override
	public void readDatagram(ByteBuf in, Frame frame) {
		this.lineFeed.readDatagram(this, in, frame);
	}

	@Override
	public void begin(ByteBuf out) {
	}

	@Override
	public void end(ByteBuf out, int start, int type) {
		int end = out.writerIndex();
		this.limit.check(end - start);
		if (endsInCarriageReturn(out, start, end)) {
			throw new FrameException("Payload of %d bytes ends in a carriage return".formatted(end - start));
		}
		if (this.writesCarriageReturn) {
			out.writeByte(CARRIAGE_RETURN);
		}
		this.lineFeed.append(out, start, end);
	}

	private static boolean endsInCarriageReturn(ByteBuf buffer, int start, int end) {
		return end > start && buffer.getByte(end - 1) == CARRIAGE_RETURN;
	}

}
