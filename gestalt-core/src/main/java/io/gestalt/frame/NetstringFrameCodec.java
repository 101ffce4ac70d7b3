package io.gestalt.frame;

import io.netty.buffer.ByteBuf;

/**
 * Netstring framing, {@code 5:hello,} on the wire, read strictly: no leading zeros, no
 * signs, no blanks.
 *
 * <pre>
 * 0          n     n+1
 * +----------+-----+-----------+-----+
 * |  length  | ':' |  payload  | ',' |   length: decimal ASCII, counts the payload only
 * +----------+-----+-----------+-----+
 * </pre>
 *
 * @see <a href="https://cr.yp.to/proto/netstrings.txt">D. J. Bernstein, Netstrings</a>
 */
public final class NetstringFrameCodec implements FrameCodec {

	private static final byte COLON = ':';

	private static final byte COMMA = ',';

	private final FrameLimit limit;

	private final int maxDigits;

	/**
	 * Creates the framing.
	 * @param maxFrameSize largest payload in bytes, length and punctuation not counted
	 */
	public NetstringFrameCodec(int maxFrameSize) {
		this.limit = new FrameLimit(maxFrameSize);
		this.maxDigits = digits(maxFrameSize);
	}

	@Override
	public boolean read(ByteBuf in, Frame frame) {
		int start = in.readerIndex();
		int end = in.writerIndex();
		int length = 0;
		for (int index = start; index < end; index++) {
			byte character = in.getByte(index);
			if (character == COLON && index > start) {
				return locate(in, frame, index + 1, length);
			}
			length = appendDigit(length, character, index == start);
		}
		return false;
	}

	private int appendDigit(int length, byte character, boolean first) {
		if (character < '0' || character > '9') {
			throw new FrameException(
					"Byte 0x%02x in the length of a netstring is no digit".formatted(Byte.toUnsignedInt(character)));
		}
		if (length == 0 && !first) {
			throw new FrameException("Length of a netstring has a leading zero");
		}
		long longer = length * 10L + (character - '0');
		if (longer > this.limit.bytes()) {
			throw this.limit.exceededByAtLeast(longer);
		}
		return (int) longer;
	}

	private boolean locate(ByteBuf in, Frame frame, int payloadIndex, int length) {
		if (in.writerIndex() - payloadIndex <= length) {
			return false;
		}
		int commaIndex = payloadIndex + length;
		byte comma = in.getByte(commaIndex);
		if (comma != COMMA) {
			throw new FrameException("Netstring of %d bytes ends with byte 0x%02x instead of a comma".formatted(length,
					Byte.toUnsignedInt(comma)));
		}
		frame.locate(0, payloadIndex, length, commaIndex + 1);
		return true;
	}

	@Override
	public void begin(ByteBuf out) {
		out.writeZero(this.maxDigits + 1);
	}

	@Override
	public void end(ByteBuf out, int start, int type) {
		int reservedIndex = start + this.maxDigits + 1;
		int length = out.writerIndex() - reservedIndex;
		this.limit.check(length);
		int colonIndex = start + digits(length);
		int payloadIndex = colonIndex + 1;
		if (payloadIndex != reservedIndex) {
			out.setBytes(payloadIndex, out, reservedIndex, length);
		}
		int rest = length;
		for (int index = colonIndex - 1; index >= start; index--) {
			out.setByte(index, '0' + rest % 10);
			rest /= 10;
		}
		out.setByte(colonIndex, COLON);
		out.writerIndex(payloadIndex + length);
		out.writeByte(COMMA);
	}

	private static int digits(int number) {
		int digits = 1;
		for (int rest = number / 10; rest > 0; rest /= 10) {
			digits++;
		}
		return digits;
	}

}
