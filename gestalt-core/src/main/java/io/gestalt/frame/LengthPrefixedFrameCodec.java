package io.gestalt.frame;

import java.nio.ByteOrder;

import io.netty.buffer.ByteBuf;

/**
 * Length-prefixed framing. With four bytes, little-endian and without the header counted,
 * it is what the Python package gestalt calls "netstring".
 *
 * <pre>
 * 0        n
 * +--------+-----------+
 * | length |  payload  |   length: u8, u16 or u32, counts the payload,
 * +--------+-----------+           or the header as well
 * </pre>
 */
public final class LengthPrefixedFrameCodec implements FrameCodec {

	private final UnsignedField lengthField;

	private final int uncounted;

	private final FrameLimit limit;

	/**
	 * Creates the framing.
	 * @param lengthFieldLength width of the length field in bytes: 1, 2 or 4
	 * @param order byte order of the length field
	 * @param lengthIncludesHeader whether the length counts the length field too
	 * @param maxFrameSize largest payload in bytes, the header not counted
	 */
	public LengthPrefixedFrameCodec(int lengthFieldLength, ByteOrder order, boolean lengthIncludesHeader,
			int maxFrameSize) {
		this.lengthField = new UnsignedField(lengthFieldLength, order);
		this.uncounted = lengthIncludesHeader ? 0 : lengthFieldLength;
		this.limit = new FrameLimit(maxFrameSize);
	}

	@Override
	public boolean read(ByteBuf in, Frame frame) {
		int headerLength = this.lengthField.length();
		int readable = in.readableBytes();
		if (readable < headerLength) {
			return false;
		}
		int start = in.readerIndex();
		long frameLength = this.lengthField.get(in, start) + this.uncounted;
		if (frameLength < headerLength) {
			throw new FrameException(
					"Frame length of %d bytes is below its header of %d bytes".formatted(frameLength, headerLength));
		}
		this.limit.check(frameLength - headerLength);
		if (readable < frameLength) {
			return false;
		}
		int end = start + (int) frameLength;
		frame.locate(0, start + headerLength, end - start - headerLength, end);
		return true;
	}

	@Override
	public void begin(ByteBuf out) {
		out.writeZero(this.lengthField.length());
	}

	@Override
	public void end(ByteBuf out, int start, int type) {
		int frameLength = out.writerIndex() - start;
		this.limit.check(frameLength - this.lengthField.length());
		int length = frameLength - this.uncounted;
		if (length > this.lengthField.max()) {
			throw new FrameException(
					"Frame length of %d bytes exceeds %d, the most that a length field of %d bytes holds"
						.formatted(length, this.lengthField.max(), this.lengthField.length()));
		}
		this.lengthField.set(out, start, length);
	}

}
